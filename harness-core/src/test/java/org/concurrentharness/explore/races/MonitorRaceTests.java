package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.List;

/** Monitors: an unlock orders what follows the next lock of the same monitor (JLS 17.4.4), and wait is both. */
class MonitorRaceTests extends RaceTable {
    /** Counts, well guarded and not. */
    static final class Counter {
        private static int common;
        private int count;
        private boolean ready;

        synchronized void increment() {
            count++;
        }

        synchronized int get() {
            return count;
        }

        int peek() {
            return count;
        }

        synchronized void incrementCommon() {
            common++;
        }

        static synchronized void incrementStatically() {
            common++;
        }

        synchronized void announce() {
            ready = true;
            notifyAll();
        }

        synchronized void awaitAnnouncement() throws InterruptedException {
            while (!ready) {
                wait();
            }
        }
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(monitors());
        all.addAll(waiting());
        return all;
    }

    private static List<RaceProgram> monitors() {
        return List.of(
                clean("Two synchronized methods of one object", () -> {
                    Counter counter = new Counter();
                    together(counter::increment, () -> use(counter.get()));
                }),
                racy("A synchronized method and one that is not", "Counter.count", () -> {
                    Counter counter = new Counter();
                    together(counter::increment, () -> use(counter.peek()));
                }),
                racy("Only the reader locks", "Box.value", () -> {
                    Box box = new Box();
                    together(() -> box.value = 1, () -> {
                        synchronized (box) {
                            use(box.value);
                        }
                    });
                }),
                racy("Two different locks", "Box.value", () -> {
                    Box box = new Box();
                    Object one = new Object();
                    Object two = new Object();
                    together(
                            () -> {
                                synchronized (one) {
                                    box.value = 1;
                                }
                            },
                            () -> {
                                synchronized (two) {
                                    use(box.value);
                                }
                            });
                }),
                racy("A new lock each time", "Box.value", () -> {
                    Box box = new Box();
                    Runnable task = () -> {
                        synchronized (new Object()) {
                            box.value++;
                        }
                    };
                    together(task::run, task::run);
                }),
                clean(
                        "Static synchronized methods",
                        () -> together(Counter::incrementStatically, Counter::incrementStatically)),
                racy("Synchronized methods of two objects and a static field", "Counter.common", () -> {
                    Counter one = new Counter();
                    Counter two = new Counter();
                    together(one::incrementCommon, two::incrementCommon);
                }),
                racy("A synchronized method, a static one, and a static field", "Counter.common", () -> {
                    Counter counter = new Counter();
                    together(counter::incrementCommon, Counter::incrementStatically);
                }),
                clean("A lock that is taken twice", () -> {
                    Counter counter = new Counter();
                    Runnable task = () -> {
                        synchronized (counter) {
                            counter.increment();
                            counter.count++;
                        }
                    };
                    together(task::run, task::run);
                }),
                racy("An access after the lock was released", "Box.value", () -> {
                    Box box = new Box();
                    Runnable task = () -> {
                        synchronized (box) {
                            use(box);
                        }
                        box.value++;
                    };
                    together(task::run, task::run);
                }),
                // whoever is second has the first one's accesses behind it, if they came before the lock
                sometimesRacy("An access before an empty block, and one behind it", "Box.value", () -> {
                    Box box = new Box();
                    Object lock = new Object();
                    together(
                            () -> {
                                box.value = 1;
                                synchronized (lock) {
                                    use(lock);
                                }
                            },
                            () -> {
                                synchronized (lock) {
                                    use(lock);
                                }
                                use(box.value);
                            });
                }),
                // whatever locks they hold besides, one is common
                clean("One lock of two is common", () -> {
                    Box box = new Box();
                    Object common = new Object();
                    Object other = new Object();
                    together(
                            () -> {
                                synchronized (other) {
                                    synchronized (common) {
                                        box.value++;
                                    }
                                }
                            },
                            () -> {
                                synchronized (common) {
                                    box.value++;
                                }
                            });
                }));
    }

    private static List<RaceProgram> waiting() {
        return List.of(
                clean("What was written before notifyAll is there after wait", () -> {
                    Counter counter = new Counter();
                    Box box = new Box();
                    together(
                            () -> {
                                box.value = 1;
                                counter.announce();
                            },
                            () -> {
                                counter.awaitAnnouncement();
                                use(box.value);
                            });
                }),
                racy("What is written after notifyAll need not be there", "Box.value", () -> {
                    Counter counter = new Counter();
                    Box box = new Box();
                    together(
                            () -> {
                                counter.announce();
                                box.value = 1;
                            },
                            () -> {
                                counter.awaitAnnouncement();
                                use(box.value);
                            });
                }),
                // wait gives up the lock and takes it again
                clean("What a waiting thread wrote before is there for the one that notifies", () -> {
                    Box box = new Box();
                    Thread waiting = start(() -> {
                        synchronized (box) {
                            box.value++;
                            while (box.content == null) {
                                box.wait();
                            }
                            box.value++;
                        }
                    });
                    synchronized (box) {
                        box.content = "ready";
                        box.value++;
                        box.notify();
                    }
                    waiting.join();
                }),
                racy("The condition of a wait is written without the lock", "Box.content", () -> {
                    Box box = new Box();
                    together(
                            () -> {
                                box.content = "ready";
                                synchronized (box) {
                                    box.notifyAll();
                                }
                            },
                            () -> {
                                use(box.content);
                                synchronized (box) {
                                    while (box.content == null) {
                                        box.wait(1_000);
                                    }
                                }
                            });
                }));
    }
}
