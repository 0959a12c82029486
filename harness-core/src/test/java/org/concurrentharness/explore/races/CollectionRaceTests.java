package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The collections whose users must synchronize: "if multiple threads access it concurrently, and at least one of the threads
 * modifies it structurally, it must be synchronized externally". Reading together is allowed.
 */
class CollectionRaceTests extends RaceTable {
    private static void addAndLook(Collection<Integer> items) throws InterruptedException {
        items.add(1);
        together(() -> items.add(2), () -> use(items.contains(1)));
    }

    private static void addBoth(Collection<Integer> items) throws InterruptedException {
        items.add(1);
        together(() -> items.add(2), () -> items.add(3));
    }

    private static void addUnderLock(Collection<Integer> items) throws InterruptedException {
        Runnable task = () -> {
            synchronized (items) {
                items.add(items.size());
            }
        };
        together(task::run, task::run);
        use(items.size());
    }

    private static void lookBoth(Collection<Integer> items) throws InterruptedException {
        items.add(1);
        items.add(2);
        Tasks look = () -> {
            int sum = items.size();
            for (int item : items) {
                sum += item;
            }
            use(items.contains(2) ? sum : 0);
        };
        together(look::run, look::run);
    }

    /** What both threads do. */
    private interface Tasks {
        void run() throws Exception;
    }

    private static void putAndGet(Map<Integer, String> map) throws InterruptedException {
        map.put(1, "a");
        together(() -> map.put(2, "b"), () -> use(map.get(1)));
    }

    private static void putBoth(Map<Integer, String> map) throws InterruptedException {
        together(() -> map.put(1, "a"), () -> map.put(2, "b"));
    }

    private static void putUnderLock(Map<Integer, String> map) throws InterruptedException {
        Runnable task = () -> {
            synchronized (map) {
                map.put(map.size(), "a");
            }
        };
        together(task::run, task::run);
        use(map.size());
    }

    /** The views of a map are made at the first call, and kept in a field: the JDK's own race, which harms nobody. */
    private static void getBoth(Map<Integer, String> map) throws InterruptedException {
        map.put(1, "a");
        map.put(2, "b");
        Tasks look = () -> {
            int sum = map.size();
            for (int key : map.keySet()) {
                sum += key;
            }
            for (Map.Entry<Integer, String> entry : map.entrySet()) {
                sum += entry.getValue().length();
            }
            use(map.containsKey(1) && map.values().contains("b") ? sum : 0);
            use(map.get(2));
        };
        together(look::run, look::run);
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(lists());
        all.addAll(sets());
        all.addAll(maps());
        all.addAll(others());
        return all;
    }

    private static List<RaceProgram> lists() {
        return List.of(
                racy("ArrayList.add beside contains", "ArrayList", () -> addAndLook(new ArrayList<>())),
                racy("ArrayList.add beside add", "ArrayList", () -> addBoth(new ArrayList<>())),
                clean("ArrayList.add under a lock", () -> addUnderLock(new ArrayList<>())),
                clean("Two threads read an ArrayList", () -> lookBoth(new ArrayList<>())),
                // "merely setting the value of an element is not a structural modification"
                clean("ArrayList.set of different elements", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(0, 3), () -> list.set(1, 4));
                }),
                clean("ArrayList.set beside get of another element", () -> {
                    ArrayList<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(0, 3), () -> use(list.get(1)));
                }),
                racy("ArrayList.set beside set of one element", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(1, 3), () -> list.set(1, 4));
                }),
                racy("ArrayList.set beside contains", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(1, 3), () -> use(list.contains(2)));
                }),
                racy("ArrayList.set beside add", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(1, 3), () -> list.add(3));
                }),
                racy("ArrayList.set beside get of one element", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.set(1, 3), () -> use(list.get(1)));
                }),
                racy("LinkedList.add beside contains", "LinkedList", () -> addAndLook(new LinkedList<>())),
                clean("LinkedList.add under a lock", () -> addUnderLock(new LinkedList<>())),
                clean("Two threads read a LinkedList", () -> lookBoth(new LinkedList<>())),
                racy("ArrayDeque.add beside contains", "ArrayDeque", () -> addAndLook(new ArrayDeque<>())),
                racy("ArrayDeque.poll beside poll", "ArrayDeque", () -> {
                    Queue<Integer> queue = new ArrayDeque<>(List.of(1, 2, 3));
                    together(queue::poll, queue::poll);
                }),
                clean("ArrayDeque.add under a lock", () -> addUnderLock(new ArrayDeque<>())),
                racy("PriorityQueue.add beside add", "PriorityQueue", () -> addBoth(new PriorityQueue<>())),
                racy("PriorityQueue.add beside peek", "PriorityQueue", () -> {
                    Queue<Integer> queue = new PriorityQueue<>(List.of(2, 3));
                    together(() -> queue.add(1), () -> use(queue.peek()));
                }),
                clean("PriorityQueue.add under a lock", () -> addUnderLock(new PriorityQueue<>())));
    }

    private static List<RaceProgram> sets() {
        return List.of(
                racy("HashSet.add beside contains", "HashSet|HashMap", () -> addAndLook(new HashSet<>())),
                clean("HashSet.add under a lock", () -> addUnderLock(new HashSet<>())),
                clean("Two threads read a HashSet", () -> lookBoth(new HashSet<>())),
                racy(
                        "LinkedHashSet.add beside add",
                        "LinkedHashSet|LinkedHashMap",
                        () -> addBoth(new LinkedHashSet<>())),
                clean("Two threads read a LinkedHashSet", () -> lookBoth(new LinkedHashSet<>())),
                racy("TreeSet.add beside contains", "TreeSet|TreeMap", () -> addAndLook(new TreeSet<>())),
                clean("TreeSet.add under a lock", () -> addUnderLock(new TreeSet<>())),
                clean("Two threads read a TreeSet", () -> lookBoth(new TreeSet<>())),
                racy("EnumSet.add beside contains", "EnumSet|RegularEnumSet", () -> {
                    Set<TimeUnit> set = EnumSet.of(TimeUnit.DAYS);
                    together(() -> set.add(TimeUnit.HOURS), () -> use(set.contains(TimeUnit.DAYS)));
                }),
                clean("Two threads read an EnumSet", () -> {
                    Set<TimeUnit> set = EnumSet.of(TimeUnit.DAYS);
                    together(() -> use(set.contains(TimeUnit.HOURS)), () -> use(set.contains(TimeUnit.DAYS)));
                }));
    }

    private static List<RaceProgram> maps() {
        return List.of(
                racy("HashMap.put beside get of another key", "HashMap", () -> putAndGet(new HashMap<>())),
                racy("HashMap.put beside put of another key", "HashMap", () -> putBoth(new HashMap<>())),
                clean("HashMap.put under a lock", () -> putUnderLock(new HashMap<>())),
                clean("Two threads read a HashMap", () -> getBoth(new HashMap<>())),
                racy("HashMap.put beside size", "HashMap", () -> {
                    Map<Integer, String> map = new HashMap<>();
                    together(() -> map.put(1, "a"), () -> use(map.size()));
                }),
                // "merely changing the value associated with a key that is there already is not a structural
                // modification"
                clean("HashMap.put of different keys that are there already", () -> {
                            Map<Integer, String> map = new HashMap<>(Map.of(1, "a", 2, "b"));
                            together(() -> map.put(1, "c"), () -> map.put(2, "d"));
                        })
                        .beyond("A map is one variable"),
                racy("HashMap.computeIfAbsent beside itself", "HashMap", () -> {
                    Map<Integer, String> map = new HashMap<>();
                    Runnable task = () -> map.computeIfAbsent(1, key -> "a");
                    together(task::run, task::run);
                }),
                // one that is only read, and one that nobody else has
                clean("Copying a HashMap that is read", () -> {
                    Map<Integer, String> map = new HashMap<>(Map.of(1, "a"));
                    together(() -> use(new HashMap<>(map).put(2, "b")), () -> use(map.get(1)));
                }),
                racy("Copying a HashMap that is changed", "HashMap", () -> {
                    Map<Integer, String> map = new HashMap<>(Map.of(1, "a"));
                    together(() -> use(new HashMap<>(map).put(2, "b")), () -> map.put(3, "c"));
                }),
                racy("LinkedHashMap.put beside get", "LinkedHashMap", () -> putAndGet(new LinkedHashMap<>())),
                clean("LinkedHashMap.put under a lock", () -> putUnderLock(new LinkedHashMap<>())),
                clean("Two threads read a LinkedHashMap", () -> getBoth(new LinkedHashMap<>())),
                // "in access-ordered linked hash maps, merely querying the map with get is a structural modification"
                racy("LinkedHashMap.get beside get, in access order", "LinkedHashMap", () -> {
                    Map<Integer, String> map = new LinkedHashMap<>(16, 0.75f, true);
                    map.put(1, "a");
                    map.put(2, "b");
                    map.put(3, "c");
                    together(() -> use(map.get(1)), () -> use(map.get(2)));
                }),
                clean("LinkedHashMap.containsKey beside itself, in access order", () -> {
                    Map<Integer, String> map = new LinkedHashMap<>(16, 0.75f, true);
                    map.put(1, "a");
                    together(() -> use(map.containsKey(1)), () -> use(map.containsKey(1)));
                }),
                racy("TreeMap.put beside get", "TreeMap", () -> putAndGet(new TreeMap<>())),
                racy("TreeMap.put beside put", "TreeMap", () -> putBoth(new TreeMap<>())),
                clean("TreeMap.put under a lock", () -> putUnderLock(new TreeMap<>())),
                clean("Two threads read a TreeMap", () -> getBoth(new TreeMap<>())),
                racy("IdentityHashMap.put beside get", "IdentityHashMap", () -> putAndGet(new IdentityHashMap<>())),
                clean("Two threads read an IdentityHashMap", () -> getBoth(new IdentityHashMap<>())),
                racy("WeakHashMap.put beside get", "WeakHashMap", () -> putAndGet(new WeakHashMap<>())),
                clean("WeakHashMap.put under a lock", () -> putUnderLock(new WeakHashMap<>())),
                racy("EnumMap.put beside get", "EnumMap", () -> {
                    Map<TimeUnit, String> map = new EnumMap<>(TimeUnit.class);
                    together(() -> map.put(TimeUnit.DAYS, "a"), () -> use(map.get(TimeUnit.DAYS)));
                }));
    }

    private static List<RaceProgram> others() {
        return List.of(
                // where one thread fills a collection and hands it on, nobody needs a lock
                clean("A HashMap that is filled before its threads begin, and read behind their end", () -> {
                    Map<Integer, String> map = new HashMap<>();
                    map.put(1, "a");
                    together(() -> use(map.get(1)));
                    map.put(2, "b");
                }),
                clean(
                        "Each thread has its own ArrayList",
                        () -> together(() -> addOwn(new ArrayList<>()), () -> addOwn(new ArrayList<>()))),
                clean("Objects of different collections", () -> {
                    Map<Integer, String> one = new HashMap<>();
                    Map<Integer, String> two = new HashMap<>();
                    together(() -> one.put(1, "a"), () -> two.put(1, "a"));
                }),
                // the elements are not the collection
                racy("An element of a list that both only read", "Box.value", () -> {
                    List<Box> list = new ArrayList<>(List.of(new Box()));
                    together(() -> list.get(0).value++, () -> list.get(0).value++);
                }));
    }

    private static void addOwn(Collection<Integer> items) {
        items.add(1);
        items.add(2);
        use(items.size());
    }
}
