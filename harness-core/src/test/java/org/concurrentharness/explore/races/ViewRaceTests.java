package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Vector;

/** Views, iterators and wrappers of collections, builders of text, formats: what shares the state of what. */
class ViewRaceTests extends RaceTable {
    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(iterators());
        all.addAll(views());
        all.addAll(wrappers());
        all.addAll(texts());
        return all;
    }

    private static List<RaceProgram> iterators() {
        return List.of(
                racy("Two threads share an iterator", "Itr", () -> {
                    Iterator<Integer> shared = new ArrayList<>(List.of(1, 2, 3, 4)).iterator();
                    together(() -> use(shared.next()), () -> use(shared.next()));
                }),
                clean("Each thread has its own iterator", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
                    together(
                            () -> use(list.iterator().next()),
                            () -> use(list.iterator().next()));
                }),
                racy("ArrayList.add beside its iterator's hasNext", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    Iterator<Integer> iterator = list.iterator();
                    together(() -> list.add(3), () -> use(iterator.hasNext()));
                }),
                racy("HashMap.put beside a loop over its keys", "HashMap", () -> {
                    Map<Integer, String> map = new HashMap<>(Map.of(1, "a"));
                    together(() -> map.put(2, "b"), () -> map.keySet().forEach(Box::use));
                }),
                racy("ArrayList.add beside forEach", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(() -> list.add(3), () -> list.forEach(Box::use));
                }),
                racy("ArrayList.add beside a stream", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(
                            () -> list.add(3),
                            () -> use(list.stream().filter(i -> i > 1).count()));
                }),
                clean("Two streams of one list", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    together(
                            () -> use(list.stream().count()),
                            () -> use(list.stream().map(i -> i + 1).toList()));
                }));
    }

    private static List<RaceProgram> views() {
        return List.of(
                racy("An unmodifiable view of a list that is changed", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    List<Integer> view = Collections.unmodifiableList(list);
                    together(() -> list.add(3), () -> use(view.get(0)));
                }),
                clean("An unmodifiable view of a list that nobody changes", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    List<Integer> view = Collections.unmodifiableList(list);
                    together(() -> use(list.get(0)), () -> use(view.get(0)));
                }),
                clean("A copy of a list that is changed", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2));
                    List<Integer> copy = List.copyOf(list);
                    together(() -> list.add(3), () -> use(copy.get(0)));
                }),
                racy("A sub list writes through", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
                    List<Integer> part = list.subList(1, 3);
                    together(() -> part.set(0, 4), () -> use(list.get(1)));
                }),
                racy("The key set of a HashMap removes from it", "HashMap", () -> {
                    Map<Integer, String> map = new HashMap<>(Map.of(1, "a", 2, "b"));
                    Collection<Integer> keys = map.keySet();
                    together(() -> keys.remove(1), () -> use(map.get(2)));
                }),
                racy("An entry of a HashMap writes through", "HashMap", () -> {
                            Map<Integer, String> map = new HashMap<>(Map.of(1, "a"));
                            Map.Entry<Integer, String> entry =
                                    map.entrySet().iterator().next();
                            together(() -> entry.setValue("b"), () -> use(map.get(1)));
                        })
                        .beyond("An entry does not lead to its map"),
                racy("Collections.sort beside a read", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(2, 1));
                    together(() -> Collections.sort(list), () -> use(list.get(0)));
                }),
                racy("Collections.addAll beside a read", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(2, 1));
                    together(() -> Collections.addAll(list, 3, 4), () -> use(list.get(0)));
                }),
                racy("Collections.swap beside a read", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>(List.of(2, 1));
                    together(() -> Collections.swap(list, 0, 1), () -> use(list.get(0)));
                }),
                clean("Collections.max beside a read", () -> {
                    List<Integer> list = new ArrayList<>(List.of(2, 1));
                    together(() -> use(Collections.max(list)), () -> use(list.get(0)));
                }),
                clean(
                        "Collections.emptyList and its like",
                        () -> together(
                                () -> use(Collections.emptyList().size()),
                                () -> use(Collections.emptyMap().get("a")))));
    }

    private static List<RaceProgram> wrappers() {
        return List.of(
                clean("Collections.synchronizedList", () -> {
                    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
                    together(() -> list.add(1), () -> use(list.contains(1)));
                }),
                // "it is imperative that the user manually synchronize on the returned list when traversing it"
                racy("A loop over a synchronizedList without its lock", "ArrayList", () -> {
                            List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1, 2)));
                            Iterator<Integer> iterator = list.iterator();
                            together(() -> list.add(3), () -> use(iterator.hasNext()));
                        })
                        .beyond("What a wrapper does with the list in it is not seen"),
                clean("A loop over a synchronizedList under its lock", () -> {
                    List<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1, 2)));
                    together(() -> list.add(3), () -> {
                        synchronized (list) {
                            for (int item : list) {
                                use(item);
                            }
                        }
                    });
                }),
                racy("A synchronizedList beside the list that it wraps", "ArrayList", () -> {
                            List<Integer> inner = new ArrayList<>(List.of(1, 2));
                            List<Integer> list = Collections.synchronizedList(inner);
                            together(() -> list.add(3), () -> use(inner.size()));
                        })
                        .beyond("What a wrapper does with the list in it is not seen"),
                clean("Collections.synchronizedMap", () -> {
                    Map<Integer, String> map = Collections.synchronizedMap(new HashMap<>());
                    together(() -> map.put(1, "a"), () -> use(map.get(1)), () -> map.computeIfAbsent(2, key -> "b"));
                }),
                clean("Vector", () -> {
                    Vector<Integer> vector = new Vector<>(List.of(1));
                    together(() -> vector.add(2), () -> use(vector.get(0)));
                }),
                // its iterator locks for each call, and so what it does is no data race, however wrong
                clean("Hashtable", () -> {
                    Hashtable<Integer, String> table = new Hashtable<>();
                    together(() -> table.put(1, "a"), () -> use(table.get(1)), () -> table.remove(1));
                }),
                clean("Properties", () -> {
                    Properties properties = new Properties();
                    together(() -> properties.setProperty("a", "b"), () -> use(properties.getProperty("a")));
                }),
                clean("StringBuffer", () -> {
                    StringBuffer buffer = new StringBuffer();
                    together(() -> buffer.append("a"), () -> use(buffer.length()), () -> buffer.append(1));
                }),
                clean("What was written before Vector.add is there after get", () -> {
                    Vector<Box> vector = new Vector<>();
                    together(() -> vector.add(new Box(1)), () -> {
                        Box.await(() -> !vector.isEmpty());
                        use(vector.get(0).value);
                    });
                }));
    }

    /** Called here, since javac warns of inherited methods that it finds in a serializable lambda. */
    private static int length(StringBuilder builder) {
        return builder.length();
    }

    private static char first(StringBuilder builder) {
        return builder.charAt(0);
    }

    private static List<RaceProgram> texts() {
        return List.of(
                racy("StringBuilder.append beside append", "StringBuilder", () -> {
                    StringBuilder builder = new StringBuilder();
                    together(() -> builder.append("a"), () -> builder.append("b"));
                }),
                racy("StringBuilder.append beside length", "StringBuilder", () -> {
                    StringBuilder builder = new StringBuilder();
                    together(() -> builder.append("a"), () -> use(length(builder)));
                }),
                clean("Two threads read a StringBuilder", () -> {
                    StringBuilder builder = new StringBuilder("a");
                    together(() -> use(first(builder)), () -> use(length(builder)));
                }),
                racy("BitSet.set beside set of another bit", "BitSet", () -> {
                    BitSet bits = new BitSet(64);
                    together(() -> bits.set(1), () -> bits.set(2));
                }),
                clean("Two threads read a BitSet", () -> {
                    BitSet bits = new BitSet(64);
                    bits.set(1);
                    together(() -> use(bits.get(1)), () -> use(bits.cardinality()));
                }),
                // "date formats are not synchronized": format writes the calendar that it holds
                racy("SimpleDateFormat.format beside format", "SimpleDateFormat", () -> {
                    SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd");
                    together(() -> use(format.format(new Date(0))), () -> use(format.format(new Date(1))));
                }),
                clean(
                        "Each thread has its own SimpleDateFormat",
                        () -> together(
                                () -> use(new SimpleDateFormat("yyyy-MM-dd").format(new Date(0))),
                                () -> use(new SimpleDateFormat("yyyy-MM-dd").format(new Date(0))))),
                racy("DecimalFormat.format beside format", "DecimalFormat", () -> {
                    DecimalFormat format = new DecimalFormat("0.00");
                    together(() -> use(format.format(1.5)), () -> use(format.format(2.5)));
                }),
                // "this class is immutable and thread-safe"
                clean("DateTimeFormatter.format beside format", () -> {
                    DateTimeFormatter formatter = DateTimeFormatter.ofPattern("yyyy-MM-dd");
                    together(
                            () -> use(formatter.format(LocalDate.EPOCH)),
                            () -> use(formatter.format(LocalDate.EPOCH.plusDays(1))));
                }),
                // "instances of Random are threadsafe"
                clean("Random", () -> {
                    Random random = new Random(1);
                    together(() -> use(random.nextInt()), () -> use(random.nextInt()));
                }),
                // its text is kept in a plain field: the JDK's own race, which harms nobody
                clean("BigDecimal.toString beside toString", () -> {
                    BigDecimal number = new BigDecimal("12345678901234567890.5");
                    together(() -> use(number.toString()), () -> use(number.toString()));
                }),
                clean(
                        "String.format beside String.format",
                        () -> together(
                                () -> use(String.format("%d %s", 1, "a")), () -> use(String.format("%d %s", 2, "b")))));
    }
}
