package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

/** Each access mode of {@code VarHandle}, on the side that publishes and on the side that takes over; and the fences. */
class VarHandleRaceTests extends RaceTable {
    /** A plain field; how it is accessed is up to each program. */
    static final class Flag {
        int state;
    }

    private static final VarHandle STATE;
    private static final MethodHandle SETTER;
    private static final Field FIELD;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Flag.class, "state", int.class);
            SETTER = MethodHandles.lookup().findSetter(Flag.class, "state", int.class);
            FIELD = Flag.class.getDeclaredField("state");
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Makes the flag 1. */
    private interface Store {
        void into(Flag flag) throws Exception;
    }

    /** Returns the flag. */
    private interface Load {
        int from(Flag flag);
    }

    /** Publishes by {@code store}; the other side acquires. */
    private static void publish(Store store) throws InterruptedException {
        Box box = new Box();
        Flag flag = new Flag();
        together(
                () -> {
                    box.value = 1;
                    store.into(flag);
                },
                () -> {
                    await(() -> (int) STATE.getAcquire(flag) == 1);
                    use(box.value);
                });
    }

    /** Tries to publish by {@code store}, which fails; the other side acquires. */
    private static void fail(Store store) throws InterruptedException {
        Box box = new Box();
        Flag flag = new Flag();
        together(
                () -> {
                    box.value = 1;
                    store.into(flag);
                },
                () -> {
                    use((int) STATE.getAcquire(flag));
                    use(box.value);
                });
    }

    /** Takes over by {@code load}; the other side releases. */
    private static void take(Load load) throws InterruptedException {
        Box box = new Box();
        Flag flag = new Flag();
        together(
                () -> {
                    box.value = 1;
                    STATE.setRelease(flag, 1);
                },
                () -> {
                    await(() -> load.from(flag) != 0);
                    use(box.value);
                });
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(publications());
        all.addAll(takings());
        all.addAll(fences());
        all.addAll(others());
        return all;
    }

    private static List<RaceProgram> publications() {
        return List.of(
                clean("setVolatile publishes", () -> publish(flag -> STATE.setVolatile(flag, 1))),
                clean("setRelease publishes", () -> publish(flag -> STATE.setRelease(flag, 1))),
                racy("setOpaque does not publish", "Box.value", () -> publish(flag -> STATE.setOpaque(flag, 1))),
                // a plain write beside an acquiring read may be called a race on the flag too
                racy("set does not publish", "Box.value", () -> publish(flag -> STATE.set(flag, 1)))
                        .alsoOn("Flag.state"),
                clean("compareAndSet publishes", () -> publish(flag -> STATE.compareAndSet(flag, 0, 1))),
                clean("compareAndExchange publishes", () -> publish(flag -> STATE.compareAndExchange(flag, 0, 1))),
                clean(
                        "compareAndExchangeRelease publishes",
                        () -> publish(flag -> STATE.compareAndExchangeRelease(flag, 0, 1))),
                racy(
                        "compareAndExchangeAcquire does not publish",
                        "Box.value",
                        () -> publish(flag -> STATE.compareAndExchangeAcquire(flag, 0, 1))),
                clean(
                        "weakCompareAndSet publishes",
                        () -> publish(flag -> await(() -> STATE.weakCompareAndSet(flag, 0, 1)))),
                clean(
                        "weakCompareAndSetRelease publishes",
                        () -> publish(flag -> await(() -> STATE.weakCompareAndSetRelease(flag, 0, 1)))),
                racy(
                        "weakCompareAndSetAcquire does not publish",
                        "Box.value",
                        () -> publish(flag -> await(() -> STATE.weakCompareAndSetAcquire(flag, 0, 1)))),
                racy(
                        "weakCompareAndSetPlain does not publish",
                        "Box.value",
                        () -> publish(flag -> await(() -> STATE.weakCompareAndSetPlain(flag, 0, 1)))),
                clean("getAndSet publishes", () -> publish(flag -> STATE.getAndSet(flag, 1))),
                clean("getAndSetRelease publishes", () -> publish(flag -> STATE.getAndSetRelease(flag, 1))),
                racy(
                        "getAndSetAcquire does not publish",
                        "Box.value",
                        () -> publish(flag -> STATE.getAndSetAcquire(flag, 1))),
                clean("getAndAdd publishes", () -> publish(flag -> STATE.getAndAdd(flag, 1))),
                clean("getAndAddRelease publishes", () -> publish(flag -> STATE.getAndAddRelease(flag, 1))),
                racy(
                        "getAndAddAcquire does not publish",
                        "Box.value",
                        () -> publish(flag -> STATE.getAndAddAcquire(flag, 1))),
                clean("getAndBitwiseOr publishes", () -> publish(flag -> STATE.getAndBitwiseOr(flag, 1))),
                clean(
                        "getAndBitwiseXorRelease publishes",
                        () -> publish(flag -> STATE.getAndBitwiseXorRelease(flag, 1))),
                racy(
                        "getAndBitwiseOrAcquire does not publish",
                        "Box.value",
                        () -> publish(flag -> STATE.getAndBitwiseOrAcquire(flag, 1))),
                // what fails has written nothing: it has the effects of a read
                racy(
                        "A compareAndSet that fails does not publish",
                        "Box.value",
                        () -> fail(flag -> STATE.compareAndSet(flag, 5, 6))),
                racy(
                                "A compareAndExchange that fails does not publish",
                                "Box.value",
                                () -> fail(flag -> STATE.compareAndExchange(flag, 5, 6)))
                        .beyond("Whether a compareAndExchange has succeeded is not known: it counts as if it had"),
                racy(
                        "A weakCompareAndSet that fails does not publish",
                        "Box.value",
                        () -> fail(flag -> STATE.weakCompareAndSet(flag, 5, 6))));
    }

    private static List<RaceProgram> takings() {
        return List.of(
                clean("getVolatile takes over", () -> take(flag -> (int) STATE.getVolatile(flag))),
                clean("getAcquire takes over", () -> take(flag -> (int) STATE.getAcquire(flag))),
                racy("getOpaque does not take over", "Box.value", () -> take(flag -> (int) STATE.getOpaque(flag))),
                racy("get does not take over", "Box.value", () -> take(flag -> (int) STATE.get(flag)))
                        .alsoOn("Flag.state"),
                clean("compareAndSet takes over", () -> take(flag -> STATE.compareAndSet(flag, 1, 2) ? 1 : 0)),
                clean(
                        "compareAndExchangeAcquire takes over",
                        () -> take(flag -> (int) STATE.compareAndExchangeAcquire(flag, 1, 2))),
                racy(
                        "compareAndExchangeRelease does not take over",
                        "Box.value",
                        () -> take(flag -> (int) STATE.compareAndExchangeRelease(flag, 1, 2))),
                clean("weakCompareAndSet takes over", () -> take(flag -> STATE.weakCompareAndSet(flag, 1, 2) ? 1 : 0)),
                clean(
                        "weakCompareAndSetAcquire takes over",
                        () -> take(flag -> STATE.weakCompareAndSetAcquire(flag, 1, 2) ? 1 : 0)),
                racy(
                        "weakCompareAndSetRelease does not take over",
                        "Box.value",
                        () -> take(flag -> STATE.weakCompareAndSetRelease(flag, 1, 2) ? 1 : 0)),
                racy(
                        "weakCompareAndSetPlain does not take over",
                        "Box.value",
                        () -> take(flag -> STATE.weakCompareAndSetPlain(flag, 1, 2) ? 1 : 0)),
                // what fails has read all the same
                clean(
                        "A compareAndExchange that fails takes over",
                        () -> take(flag -> (int) STATE.compareAndExchange(flag, 5, 6))),
                clean(
                        "A compareAndExchangeAcquire that fails takes over",
                        () -> take(flag -> (int) STATE.compareAndExchangeAcquire(flag, 5, 6))),
                racy(
                        "A compareAndExchangeRelease that fails does not take over",
                        "Box.value",
                        () -> take(flag -> (int) STATE.compareAndExchangeRelease(flag, 5, 6))),
                clean("getAndAdd takes over", () -> take(flag -> (int) STATE.getAndAdd(flag, 0))),
                clean("getAndAddAcquire takes over", () -> take(flag -> (int) STATE.getAndAddAcquire(flag, 0))),
                racy(
                        "getAndAddRelease does not take over",
                        "Box.value",
                        () -> take(flag -> (int) STATE.getAndAddRelease(flag, 0))),
                clean(
                        "getAndBitwiseAndAcquire takes over",
                        () -> take(flag -> (int) STATE.getAndBitwiseAndAcquire(flag, 1))),
                racy(
                        "getAndBitwiseAndRelease does not take over",
                        "Box.value",
                        () -> take(flag -> (int) STATE.getAndBitwiseAndRelease(flag, 1))));
    }

    /** Opaque accesses of a flag, with a fence on each side. */
    private static void fenced(Runnable before, Runnable after) throws InterruptedException {
        Box box = new Box();
        Flag flag = new Flag();
        together(
                () -> {
                    box.value = 1;
                    before.run();
                    STATE.setOpaque(flag, 1);
                },
                () -> {
                    await(() -> (int) STATE.getOpaque(flag) == 1);
                    after.run();
                    use(box.value);
                });
    }

    private static List<RaceProgram> fences() {
        return List.of(
                // the writes before the one fence come before the write of the flag, the reads behind the other after
                // its read
                clean(
                        "A release fence before an opaque write, an acquire fence after its read",
                        () -> fenced(() -> VarHandle.releaseFence(), () -> VarHandle.acquireFence())),
                clean("Two full fences", () -> fenced(() -> VarHandle.fullFence(), () -> VarHandle.fullFence())),
                racy("A release fence alone", "Box.value", () -> fenced(() -> VarHandle.releaseFence(), () -> {})),
                racy("An acquire fence alone", "Box.value", () -> fenced(() -> {}, () -> VarHandle.acquireFence())),
                racy(
                        "The fences the wrong way round",
                        "Box.value",
                        () -> fenced(() -> VarHandle.acquireFence(), () -> VarHandle.releaseFence())),
                // a fence in each thread, and nothing that one writes and the other reads
                racy("Fences without a flag", "Box.value", () -> {
                    Box box = new Box();
                    together(
                            () -> {
                                box.value = 1;
                                VarHandle.fullFence();
                            },
                            () -> {
                                VarHandle.fullFence();
                                use(box.value);
                            });
                }));
    }

    private static void setByHandle(Flag flag) throws Exception {
        try {
            SETTER.invokeExact(flag, 1);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static List<RaceProgram> others() {
        return List.of(
                // "as if the variable was declared non-volatile"
                racy("Plain accesses through a VarHandle are plain accesses", "Flag.state", () -> {
                    Flag flag = new Flag();
                    together(() -> STATE.set(flag, 1), () -> use((int) STATE.get(flag)));
                }),
                racy("A plain write through a VarHandle beside a read of the field", "Flag.state", () -> {
                    Flag flag = new Flag();
                    together(() -> STATE.set(flag, 1), () -> use(flag.state));
                }),
                racy("A write by reflection beside a read of the field", "Flag.state", () -> {
                            Flag flag = new Flag();
                            together(() -> FIELD.setInt(flag, 1), () -> use(flag.state));
                        })
                        .beyond("Reflection is not seen"),
                racy("A write by a MethodHandle beside a read of the field", "Flag.state", () -> {
                            Flag flag = new Flag();
                            together(() -> setByHandle(flag), () -> use(flag.state));
                        })
                        .beyond("Field accesses of method handles are not seen"),
                racy("A volatile write beside a plain read of the field", "Flag.state", () -> {
                    Flag flag = new Flag();
                    together(() -> STATE.setVolatile(flag, 1), () -> use(flag.state));
                }),
                // opaque accesses order nothing, and are not in each other's way
                clean("Opaque accesses do not race with each other", () -> {
                    Flag flag = new Flag();
                    together(() -> STATE.setOpaque(flag, 1), () -> use((int) STATE.getOpaque(flag)));
                }),
                clean("Volatile accesses of array elements publish", () -> {
                    Box box = new Box();
                    int[] flags = new int[2];
                    together(
                            () -> {
                                box.value = 1;
                                ELEMENT.setVolatile(flags, 1, 1);
                            },
                            () -> {
                                await(() -> (int) ELEMENT.getVolatile(flags, 1) == 1);
                                use(box.value);
                            });
                }),
                racy("Another element of the array publishes nothing", "Box.value", () -> {
                    Box box = new Box();
                    int[] flags = new int[2];
                    together(
                            () -> {
                                box.value = 1;
                                ELEMENT.setVolatile(flags, 1, 1);
                            },
                            () -> {
                                use((int) ELEMENT.getVolatile(flags, 0));
                                use(box.value);
                            });
                }),
                racy("The same element of another array publishes nothing", "Box.value", () -> {
                    Box box = new Box();
                    int[] flags = new int[2];
                    int[] others = new int[2];
                    together(
                            () -> {
                                box.value = 1;
                                ELEMENT.setVolatile(flags, 1, 1);
                            },
                            () -> {
                                use((int) ELEMENT.getVolatile(others, 1));
                                use(box.value);
                            });
                }),
                racy("Plain accesses of array elements through a VarHandle", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> ELEMENT.set(numbers, 1, 1), () -> use((int) ELEMENT.get(numbers, 1)));
                }));
    }
}
