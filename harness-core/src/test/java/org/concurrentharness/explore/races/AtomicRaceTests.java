package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The classes of {@code java.util.concurrent.atomic}, and their methods that have other effects than those of a volatile field. */
class AtomicRaceTests extends RaceTable {
    /** What field updaters update. */
    static final class Updated {
        volatile int number;
        volatile long wide;
        volatile Box box;
    }

    private static final AtomicIntegerFieldUpdater<Updated> NUMBER =
            AtomicIntegerFieldUpdater.newUpdater(Updated.class, "number");
    private static final AtomicLongFieldUpdater<Updated> WIDE =
            AtomicLongFieldUpdater.newUpdater(Updated.class, "wide");
    private static final AtomicReferenceFieldUpdater<Updated, Box> BOX =
            AtomicReferenceFieldUpdater.newUpdater(Updated.class, Box.class, "box");

    /** The writing side of a program. */
    private interface Action {
        void run() throws Exception;
    }

    /** Writes, then does {@code publish}; the other side waits for {@code seen}, and reads. */
    private static void handOver(Action publish, Box.Condition seen) throws InterruptedException {
        Box box = new Box();
        together(
                () -> {
                    box.value = 1;
                    publish.run();
                },
                () -> {
                    await(seen);
                    use(box.value);
                });
    }

    /** The same, but writes when it is too late. */
    private static void handOverTooEarly(Action publish, Box.Condition seen) throws InterruptedException {
        Box box = new Box();
        together(
                () -> {
                    publish.run();
                    box.value = 1;
                },
                () -> {
                    await(seen);
                    use(box.value);
                });
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(integers());
        all.addAll(others());
        all.addAll(updatersAndAdders());
        return all;
    }

    private static List<RaceProgram> integers() {
        return List.of(
                clean("AtomicInteger.set publishes", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(() -> flag.set(1), () -> flag.get() == 1);
                }),
                racy("AtomicInteger.set does not publish what is written later", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOverTooEarly(() -> flag.set(1), () -> flag.get() == 1);
                }),
                // lazySet is setRelease
                clean("AtomicInteger.lazySet publishes", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(() -> flag.lazySet(1), () -> flag.get() == 1);
                }),
                clean("AtomicInteger.incrementAndGet publishes", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(flag::incrementAndGet, () -> flag.get() == 1);
                }),
                clean("AtomicInteger.updateAndGet publishes", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(
                            () -> flag.updateAndGet(old -> old + 1), () -> flag.accumulateAndGet(0, Integer::sum) == 1);
                }),
                // the plain write beside a volatile read may be called a race on the number too
                racy("AtomicInteger.setPlain does not publish", "Box.value", () -> {
                            AtomicInteger flag = new AtomicInteger();
                            handOver(() -> flag.setPlain(1), () -> flag.get() == 1);
                        })
                        .alsoOn("AtomicInteger.value", "AtomicInteger"),
                racy("AtomicInteger.getPlain does not take over", "Box.value", () -> {
                            AtomicInteger flag = new AtomicInteger();
                            handOver(() -> flag.set(1), () -> flag.getPlain() == 1);
                        })
                        .alsoOn("AtomicInteger.value", "AtomicInteger"),
                racy("AtomicInteger.setOpaque does not publish", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(() -> flag.setOpaque(1), () -> flag.get() == 1);
                }),
                racy("AtomicInteger.getOpaque does not take over", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(() -> flag.set(1), () -> flag.getOpaque() == 1);
                }),
                racy("AtomicInteger.weakCompareAndSetPlain does not publish", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    handOver(() -> await(() -> flag.weakCompareAndSetPlain(0, 1)), () -> flag.get() == 1);
                }),
                racy("AtomicInteger.compareAndSet that fails does not publish", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    Box box = new Box();
                    together(
                            () -> {
                                box.value = 1;
                                flag.compareAndSet(5, 6);
                            },
                            () -> {
                                flag.get();
                                use(box.value);
                            });
                }),
                // exactly one of them wins
                clean("The winner of a compareAndSet writes", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    Box box = new Box();
                    handOverToWinner(flag, box);
                }),
                racy("The loser of a compareAndSet writes too", "Box.value", () -> {
                    AtomicInteger flag = new AtomicInteger();
                    Box box = new Box();
                    together(
                            () -> {
                                flag.compareAndSet(0, 1);
                                box.value = 1;
                            },
                            () -> {
                                flag.compareAndSet(0, 1);
                                box.value = 2;
                            });
                }),
                racy("Two counters that know nothing of each other", "Box.value", () -> {
                    AtomicInteger one = new AtomicInteger();
                    AtomicInteger two = new AtomicInteger(1);
                    handOver(() -> one.set(1), () -> two.get() == 1);
                }));
    }

    private static void handOverToWinner(AtomicInteger flag, Box box) throws InterruptedException {
        together(
                () -> {
                    if (flag.compareAndSet(0, 1)) {
                        box.value = 1;
                    }
                },
                () -> {
                    if (flag.compareAndSet(0, 1)) {
                        box.value = 2;
                    }
                });
    }

    private static List<RaceProgram> others() {
        return List.of(
                clean("AtomicLong.addAndGet publishes", () -> {
                    AtomicLong flag = new AtomicLong();
                    handOver(() -> flag.addAndGet(1), () -> flag.get() == 1);
                }),
                racy("AtomicLong.getAndIncrement publishes nothing that comes later", "Box.value", () -> {
                    AtomicLong flag = new AtomicLong();
                    handOverTooEarly(flag::getAndIncrement, () -> flag.get() == 1);
                }),
                clean("AtomicBoolean.getAndSet publishes", () -> {
                    AtomicBoolean flag = new AtomicBoolean();
                    handOver(() -> flag.getAndSet(true), flag::get);
                }),
                racy("AtomicBoolean.setOpaque does not publish", "Box.value", () -> {
                    AtomicBoolean flag = new AtomicBoolean();
                    handOver(() -> flag.setOpaque(true), flag::get);
                }),
                clean("AtomicReference publishes what it refers to", () -> {
                    AtomicReference<Box> reference = new AtomicReference<>();
                    together(() -> reference.set(new Box(1)), () -> {
                        await(() -> reference.get() != null);
                        use(reference.get().value);
                    });
                }),
                racy("What AtomicReference refers to is changed after that", "Box.value", () -> {
                    AtomicReference<Box> reference = new AtomicReference<>();
                    together(
                            () -> {
                                Box box = new Box(1);
                                reference.set(box);
                                box.value = 2;
                            },
                            () -> {
                                await(() -> reference.get() != null);
                                use(reference.get().value);
                            });
                }),
                racy("AtomicReference.getPlain takes nothing over", "Box.value", () -> {
                            AtomicReference<Box> reference = new AtomicReference<>();
                            together(() -> reference.set(new Box(1)), () -> {
                                await(() -> reference.getPlain() != null);
                                use(reference.getPlain().value);
                            });
                        })
                        .alsoOn("AtomicReference.value", "AtomicReference"),
                clean("AtomicStampedReference publishes", () -> {
                    AtomicStampedReference<String> flag = new AtomicStampedReference<>("", 0);
                    handOver(() -> flag.compareAndSet("", "", 0, 1), () -> flag.getStamp() == 1);
                }),
                racy("AtomicStampedReference whose compareAndSet fails", "Box.value", () -> {
                    AtomicStampedReference<String> flag = new AtomicStampedReference<>("", 1);
                    handOver(() -> flag.compareAndSet("", "", 0, 2), () -> flag.getStamp() == 1);
                }),
                clean("AtomicMarkableReference publishes", () -> {
                    AtomicMarkableReference<String> flag = new AtomicMarkableReference<>("", false);
                    handOver(() -> flag.attemptMark("", true), flag::isMarked);
                }),
                clean("AtomicIntegerArray publishes", () -> {
                    AtomicIntegerArray flags = new AtomicIntegerArray(2);
                    handOver(() -> flags.set(1, 1), () -> flags.get(1) == 1);
                }),
                racy("Elements of an AtomicIntegerArray know nothing of each other", "Box.value", () -> {
                    AtomicIntegerArray flags = new AtomicIntegerArray(2);
                    handOver(() -> flags.set(1, 1), () -> flags.get(0) == 0);
                }),
                clean("AtomicReferenceArray publishes what its elements refer to", () -> {
                    AtomicReferenceArray<Box> boxes = new AtomicReferenceArray<>(2);
                    together(() -> boxes.set(0, new Box(1)), () -> {
                        await(() -> boxes.get(0) != null);
                        use(boxes.get(0).value);
                    });
                }),
                racy("AtomicReferenceArray.getOpaque takes nothing over", "Box.value", () -> {
                    AtomicReferenceArray<Box> boxes = new AtomicReferenceArray<>(2);
                    together(() -> boxes.set(0, new Box(1)), () -> {
                        await(() -> boxes.getOpaque(0) != null);
                        use(boxes.getOpaque(0).value);
                    });
                }));
    }

    private static List<RaceProgram> updatersAndAdders() {
        return List.of(
                clean("AtomicIntegerFieldUpdater publishes", () -> {
                    Updated flag = new Updated();
                    handOver(() -> NUMBER.incrementAndGet(flag), () -> NUMBER.get(flag) == 1);
                }),
                clean("A field updater and the field itself are the same variable", () -> {
                    Updated flag = new Updated();
                    handOver(() -> NUMBER.set(flag, 1), () -> flag.number == 1);
                }),
                clean("AtomicIntegerFieldUpdater.lazySet publishes", () -> {
                    Updated flag = new Updated();
                    handOver(() -> NUMBER.lazySet(flag, 1), () -> flag.number == 1);
                }),
                racy("AtomicIntegerFieldUpdater.compareAndSet that fails does not publish", "Box.value", () -> {
                    Updated flag = new Updated();
                    handOver(() -> NUMBER.compareAndSet(flag, 5, 6), () -> flag.number == 0);
                }),
                racy("A field updater on another object", "Box.value", () -> {
                    Updated flag = new Updated();
                    Updated other = new Updated();
                    handOver(() -> NUMBER.set(flag, 1), () -> NUMBER.get(other) == 0);
                }),
                clean("AtomicLongFieldUpdater publishes", () -> {
                    Updated flag = new Updated();
                    handOver(() -> WIDE.compareAndSet(flag, 0, 1), () -> WIDE.get(flag) == 1);
                }),
                racy("AtomicLongFieldUpdater and another field of the object", "Box.value", () -> {
                    Updated flag = new Updated();
                    handOver(() -> WIDE.compareAndSet(flag, 0, 1), () -> NUMBER.get(flag) == 0);
                }),
                clean("AtomicReferenceFieldUpdater publishes what the field refers to", () -> {
                    Updated updated = new Updated();
                    together(() -> BOX.set(updated, new Box(1)), () -> {
                        await(() -> updated.box != null);
                        use(updated.box.value);
                    });
                }),
                racy("What the updated field refers to is changed after that", "Box.value", () -> {
                    Updated updated = new Updated();
                    together(
                            () -> {
                                Box box = new Box(1);
                                BOX.set(updated, box);
                                box.value = 2;
                            },
                            () -> {
                                await(() -> updated.box != null);
                                use(updated.box.value);
                            });
                }),
                // add is a CAS of a volatile cell, sum reads the cells
                clean("LongAdder.sum sees what was written before add", () -> {
                    LongAdder adder = new LongAdder();
                    handOver(adder::increment, () -> adder.sum() == 1);
                }),
                racy("LongAdder.sum does not see what is written after add", "Box.value", () -> {
                    LongAdder adder = new LongAdder();
                    handOverTooEarly(adder::increment, () -> adder.sum() == 1);
                }),
                clean("Two threads add to a LongAdder", () -> {
                    LongAdder adder = new LongAdder();
                    together(adder::increment, adder::increment);
                }),
                clean("LongAccumulator.get sees what was written before accumulate", () -> {
                    LongAccumulator accumulator = new LongAccumulator(Long::max, 0);
                    handOver(() -> accumulator.accumulate(1), () -> accumulator.get() == 1);
                }));
    }
}
