package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Publication through each concurrent collection: "actions prior to placing an object into it happen before its removal or access". */
class QueueRaceTests extends RaceTable {
    /** Is due at once, and equal to all others. */
    static final class Item implements Delayed {
        int value;

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    private static void putAndTake(BlockingQueue<? super Item> queue) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    item.value = 1;
                    queue.put(item);
                },
                () -> use(((Item) queue.take()).value));
    }

    private static void putAndGoOn(BlockingQueue<? super Item> queue) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    queue.put(item);
                    item.value = 1;
                },
                () -> use(((Item) queue.take()).value));
    }

    private static void offerAndPoll(Queue<Item> queue) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    item.value = 1;
                    queue.offer(item);
                },
                () -> {
                    await(() -> queue.peek() != null);
                    use(queue.poll().value);
                });
    }

    private static void offerAndGoOn(Queue<Item> queue) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    queue.offer(item);
                    item.value = 1;
                },
                () -> {
                    await(() -> !queue.isEmpty());
                    use(queue.poll().value);
                });
    }

    private static void addAndIterate(Collection<Item> items) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    item.value = 1;
                    items.add(item);
                },
                () -> {
                    for (Item item : items) {
                        use(item.value);
                    }
                });
    }

    private static void addAndGoOn(Collection<Item> items) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    items.add(item);
                    item.value = 1;
                },
                () -> {
                    await(() -> !items.isEmpty());
                    items.forEach(item -> use(item.value));
                });
    }

    private static void putAndGet(Map<String, Item> map) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    item.value = 1;
                    map.put("key", item);
                },
                () -> {
                    await(() -> map.containsKey("key"));
                    use(map.get("key").value);
                });
    }

    private static void putAndChange(Map<String, Item> map) throws InterruptedException {
        together(
                () -> {
                    Item item = new Item();
                    map.put("key", item);
                    item.value = 1;
                },
                () -> {
                    await(() -> map.containsKey("key"));
                    use(map.get("key").value);
                });
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(queues());
        all.addAll(collections());
        all.addAll(maps());
        return all;
    }

    private static List<RaceProgram> queues() {
        return List.of(
                clean("ArrayBlockingQueue publishes", () -> putAndTake(new ArrayBlockingQueue<>(1))),
                racy(
                        "An item in an ArrayBlockingQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new ArrayBlockingQueue<>(1))),
                clean("LinkedBlockingQueue publishes", () -> putAndTake(new LinkedBlockingQueue<>())),
                racy(
                        "An item in a LinkedBlockingQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new LinkedBlockingQueue<>())),
                clean("LinkedBlockingDeque publishes", () -> putAndTake(new LinkedBlockingDeque<>())),
                racy(
                        "An item in a LinkedBlockingDeque is changed",
                        "Item.value",
                        () -> putAndGoOn(new LinkedBlockingDeque<>())),
                clean("PriorityBlockingQueue publishes", () -> putAndTake(new PriorityBlockingQueue<>())),
                racy(
                        "An item in a PriorityBlockingQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new PriorityBlockingQueue<>())),
                clean("DelayQueue publishes", () -> delayQueue(true)),
                racy("An item in a DelayQueue is changed", "Item.value", () -> delayQueue(false)),
                clean("SynchronousQueue publishes", () -> putAndTake(new SynchronousQueue<>())),
                racy(
                        "An item in a SynchronousQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new SynchronousQueue<>())),
                clean("A fair SynchronousQueue publishes", () -> putAndTake(new SynchronousQueue<>(true))),
                racy(
                        "An item in a fair SynchronousQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new SynchronousQueue<>(true))),
                clean("LinkedTransferQueue publishes", () -> putAndTake(new LinkedTransferQueue<>())),
                racy(
                        "An item in a LinkedTransferQueue is changed",
                        "Item.value",
                        () -> putAndGoOn(new LinkedTransferQueue<>())),
                // transfer returns when the item was taken, and what came before take happens before that
                clean("LinkedTransferQueue.transfer takes over from the one that takes", () -> {
                    Box box = new Box();
                    LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
                    together(
                            () -> {
                                queue.transfer("item");
                                use(box.value);
                            },
                            () -> {
                                box.value = 1;
                                queue.take();
                            });
                }),
                racy("LinkedTransferQueue.put takes nothing over", "Box.value", () -> {
                    Box box = new Box();
                    LinkedTransferQueue<String> queue = new LinkedTransferQueue<>();
                    together(
                            () -> {
                                use(box.value);
                                queue.put("item");
                            },
                            () -> {
                                box.value = 1;
                                queue.take();
                            });
                }));
    }

    /** Has a queue of its own type. */
    private static void delayQueue(boolean early) throws InterruptedException {
        DelayQueue<Item> queue = new DelayQueue<>();
        together(
                () -> {
                    Item item = new Item();
                    if (early) {
                        item.value = 1;
                    }
                    queue.put(item);
                    if (!early) {
                        item.value = 1;
                    }
                },
                () -> use(queue.take().value));
    }

    private static List<RaceProgram> collections() {
        return List.of(
                clean("ConcurrentLinkedQueue publishes", () -> offerAndPoll(new ConcurrentLinkedQueue<>())),
                racy(
                        "An item in a ConcurrentLinkedQueue is changed",
                        "Item.value",
                        () -> offerAndGoOn(new ConcurrentLinkedQueue<>())),
                clean("ConcurrentLinkedDeque publishes", () -> offerAndPoll(new ConcurrentLinkedDeque<>())),
                racy(
                        "An item in a ConcurrentLinkedDeque is changed",
                        "Item.value",
                        () -> offerAndGoOn(new ConcurrentLinkedDeque<>())),
                clean("CopyOnWriteArrayList publishes", () -> addAndIterate(new CopyOnWriteArrayList<>())),
                racy(
                        "An item in a CopyOnWriteArrayList is changed",
                        "Item.value",
                        () -> addAndGoOn(new CopyOnWriteArrayList<>())),
                clean("CopyOnWriteArraySet publishes", () -> addAndIterate(new CopyOnWriteArraySet<>())),
                racy(
                        "An item in a CopyOnWriteArraySet is changed",
                        "Item.value",
                        () -> addAndGoOn(new CopyOnWriteArraySet<>())),
                clean("ConcurrentSkipListSet publishes", () -> addAndIterate(new ConcurrentSkipListSet<>())),
                racy(
                        "An item in a ConcurrentSkipListSet is changed",
                        "Item.value",
                        () -> addAndGoOn(new ConcurrentSkipListSet<>())),
                clean("ConcurrentHashMap.newKeySet publishes", () -> addAndIterate(ConcurrentHashMap.newKeySet())),
                racy(
                        "An item in a ConcurrentHashMap's key set is changed",
                        "Item.value",
                        () -> addAndGoOn(ConcurrentHashMap.newKeySet())),
                // the collection's own state is well guarded, whatever it holds
                clean("Two threads change a CopyOnWriteArrayList", () -> {
                    List<String> list = new CopyOnWriteArrayList<>();
                    together(() -> list.add("a"), () -> list.add("b"), () -> list.removeIf("a"::equals));
                }),
                clean("Three threads change a ConcurrentSkipListSet", () -> {
                    Set<String> set = new ConcurrentSkipListSet<>();
                    together(() -> set.add("a"), () -> set.add("b"), () -> set.remove("a"));
                }),
                clean("Three threads change a ConcurrentLinkedDeque", () -> {
                    ConcurrentLinkedDeque<String> deque = new ConcurrentLinkedDeque<>();
                    together(() -> deque.addFirst("a"), () -> deque.addLast("b"), deque::pollFirst);
                }));
    }

    private static List<RaceProgram> maps() {
        return List.of(
                clean("ConcurrentHashMap publishes", () -> putAndGet(new ConcurrentHashMap<>())),
                racy(
                        "A value in a ConcurrentHashMap is changed",
                        "Item.value",
                        () -> putAndChange(new ConcurrentHashMap<>())),
                clean("ConcurrentSkipListMap publishes", () -> putAndGet(new ConcurrentSkipListMap<>())),
                racy(
                        "A value in a ConcurrentSkipListMap is changed",
                        "Item.value",
                        () -> putAndChange(new ConcurrentSkipListMap<>())),
                // the function runs under the lock of its key
                clean("ConcurrentHashMap.compute of one key", () -> {
                    Box box = new Box();
                    Map<String, Integer> map = new ConcurrentHashMap<>();
                    Runnable task = () -> map.compute("key", (key, value) -> ++box.value);
                    together(task::run, task::run);
                }),
                // keys in different bins, both there before: nothing that one writes does the other read
                racy("ConcurrentHashMap.computeIfPresent of two keys", "Box.value", () -> {
                    Box box = new Box();
                    Map<Integer, Integer> map = new ConcurrentHashMap<>(Map.of(1, 0, 2, 0));
                    together(
                            () -> map.computeIfPresent(1, (key, value) -> ++box.value),
                            () -> map.computeIfPresent(2, (key, value) -> ++box.value));
                }),
                clean("ConcurrentHashMap.computeIfAbsent makes one", () -> {
                    Map<String, Item> map = new ConcurrentHashMap<>();
                    Runnable task = () -> use(map.computeIfAbsent("key", key -> {
                                Item item = new Item();
                                item.value = 1;
                                return item;
                            })
                            .value);
                    together(task::run, task::run);
                }),
                racy("What computeIfAbsent returns is changed by everybody", "Item.value", () -> {
                    Map<String, Item> map = new ConcurrentHashMap<>();
                    Runnable task = () -> map.computeIfAbsent("key", key -> new Item()).value++;
                    together(task::run, task::run);
                }),
                clean("Three threads change a ConcurrentHashMap", () -> {
                    Map<Integer, Integer> map = new ConcurrentHashMap<>(1);
                    together(() -> map.put(1, 1), () -> map.merge(17, 1, Integer::sum), () -> {
                        map.remove(1);
                        use(map.size());
                    });
                }),
                clean("Three threads change a ConcurrentSkipListMap", () -> {
                    Map<Integer, Integer> map = new ConcurrentSkipListMap<>();
                    together(() -> map.put(1, 1), () -> map.merge(17, 1, Integer::sum), () -> {
                        map.remove(1);
                        use(map.size());
                    });
                }));
    }
}
