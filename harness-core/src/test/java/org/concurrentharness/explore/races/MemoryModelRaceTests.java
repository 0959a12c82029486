package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.List;

/** Plain and volatile variables, of every type: JLS 17.4.5, 17.6 and 17.7. */
class MemoryModelRaceTests extends RaceTable {
    /** Variables. */
    static final class Cell {
        static int common;
        int plain;
        int other;
        long wide;
        double real;
        boolean plainReady;
        volatile boolean ready;
        volatile boolean otherReady;
        volatile long count;
        volatile int[] numbers = {0, 0};
    }

    /** An initial value that no constructor writes. */
    static final class Untouched {
        int value;
    }

    /** Tells others of itself too early. */
    static final class Eager {
        int value;
        final Thread reader;

        Eager() {
            reader = start(() -> use(value));
            value = 1;
        }
    }

    /** Tells others of itself at the end. */
    static final class Patient {
        int value;
        final Thread reader;

        Patient() {
            value = 1;
            reader = start(() -> use(value));
        }
    }

    @Override
    List<RaceProgram> programs() {
        return List.of(
                // conflicting accesses that nothing orders, the definition (17.4.1, 17.4.5)
                racy("Two threads write a plain field", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.plain = 1, () -> cell.plain = 2);
                }),
                racy("One thread writes a plain field and the other reads it", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.plain = 1, () -> use(cell.plain));
                }),
                racy("Two threads increment a plain field", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.plain++, () -> cell.plain++);
                }),
                // reads do not conflict
                clean("Two threads read a plain field", () -> {
                    Cell cell = new Cell();
                    cell.plain = 1;
                    together(() -> use(cell.plain), () -> use(cell.plain));
                }),
                clean("Two threads write different fields of one object", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.plain = 1, () -> cell.other = 1);
                }),
                clean("Two threads write the same field of different objects", () -> {
                    Cell one = new Cell();
                    Cell two = new Cell();
                    together(() -> one.plain = 1, () -> two.plain = 1);
                }),
                // writing the value that is there already is a write
                racy("Two threads write the same value", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.plain = 0, () -> cell.plain = 0);
                }),
                // 17.7 is about tearing: volatile or not decides whether it is a race
                racy("A plain long is written and read", "Cell.wide", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.wide = -1, () -> use((int) cell.wide));
                }),
                racy("A plain double is written and read", "Cell.real", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.real = 0.5, () -> use((int) cell.real));
                }),
                clean("A volatile long is written and read", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.count = -1, () -> use((int) cell.count));
                }),
                // not atomic, and yet no data race: each access is of a volatile variable
                clean("Two threads increment a volatile field", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.count++, () -> cell.count++);
                }),
                // static fields
                racy("Two threads increment a static field", "Cell.common", () -> {
                    together(() -> Cell.common++, () -> Cell.common++);
                }),
                // start and join order both; what an earlier execution did is none of this one's business
                clean("Threads one after the other increment a static field", () -> {
                    start(() -> Cell.common++).join();
                    start(() -> Cell.common++).join();
                }),

                // a write of a volatile variable synchronizes with the reads that follow (17.4.4)
                clean("What was written before a volatile write is there after its read", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                await(() -> cell.ready);
                                use(cell.plain);
                            });
                }),
                racy("What was written before the write of a plain flag need not be", "Cell.plainReady", () -> {
                            Cell cell = new Cell();
                            together(
                                    () -> {
                                        cell.plain = 1;
                                        cell.plainReady = true;
                                    },
                                    () -> {
                                        await(() -> cell.plainReady);
                                        use(cell.plain);
                                    });
                        })
                        .alsoOn("Cell.plain"),
                racy("A volatile write does not order what its thread writes later", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.ready = true;
                                cell.plain = 1;
                            },
                            () -> {
                                await(() -> cell.ready);
                                use(cell.plain);
                            });
                }),
                racy("A volatile read does not order what its thread read earlier", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                use(cell.plain);
                                await(() -> cell.ready);
                            });
                }),
                // only reads that come after the write see it
                clean("A read that is made only when the flag was seen", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                if (cell.ready) {
                                    use(cell.plain);
                                }
                            });
                }),
                sometimesRacy("A read that is made whether the flag was seen or not", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                use(cell.ready);
                                use(cell.plain);
                            });
                }),
                racy("Two volatile flags do not know of each other", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                use(cell.otherReady);
                                use(cell.plain);
                            });
                }),
                racy("The flag of one object does not guard another object", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    Cell another = new Cell();
                    another.ready = true;
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                await(() -> another.ready);
                                use(cell.plain);
                            });
                }),
                // two reads of a volatile variable do not synchronize
                racy("Volatile reads alone order nothing", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                use(cell.ready);
                            },
                            () -> {
                                use(cell.ready);
                                use(cell.plain);
                            });
                }),
                // a write acquires nothing
                racy("Volatile writes alone order nothing", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                cell.ready = true;
                                use(cell.plain);
                            });
                }),
                // happens-before is transitive
                clean("A message that goes by way of a third thread", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> {
                                await(() -> cell.ready);
                                cell.otherReady = true;
                            },
                            () -> {
                                await(() -> cell.otherReady);
                                use(cell.plain);
                            });
                }),
                racy("A third thread that waits for nobody passes nothing on", "Cell.plain", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                cell.plain = 1;
                                cell.ready = true;
                            },
                            () -> cell.otherReady = true,
                            () -> {
                                await(() -> cell.otherReady);
                                use(cell.plain);
                            });
                }),
                // each write of a volatile variable synchronizes with every later read, not only the last one does
                clean("A volatile counter that two threads have counted up under a lock", () -> {
                    Cell cell = new Cell();
                    Box box = new Box();
                    Object lock = new Object();
                    together(
                            () -> {
                                cell.plain = 1;
                                synchronized (lock) {
                                    cell.count++;
                                }
                            },
                            () -> {
                                box.value = 1;
                                synchronized (lock) {
                                    cell.count++;
                                }
                            },
                            () -> {
                                await(() -> cell.count == 2);
                                use(cell.plain);
                                use(box.value);
                            });
                }),
                // a volatile reference publishes what it refers to as it was then
                clean("An object that is filled, and then published by a volatile reference", () -> {
                    Cell cell = new Cell();
                    together(
                            () -> {
                                int[] made = {1, 2};
                                made[1] = 3;
                                cell.numbers = made;
                            },
                            () -> use(cell.numbers[1]));
                }),
                racy(
                        "An object that is published by a volatile reference, and then filled",
                        "element 1 of int[]",
                        () -> {
                            Cell cell = new Cell();
                            together(
                                    () -> {
                                        int[] made = {1, 2};
                                        cell.numbers = made;
                                        made[1] = 3;
                                    },
                                    () -> {
                                        await(() -> cell.numbers[0] == 1);
                                        use(cell.numbers[1]);
                                    });
                        }),
                racy("The elements of a volatile array are plain", "element 0 of int[]", () -> {
                    Cell cell = new Cell();
                    together(() -> cell.numbers[0] = 1, () -> use(cell.numbers[0]));
                }),

                // the write of a default value comes before everything (17.4.4); the constructor's writes do not
                clean("A default value", () -> {
                    Untouched untouched = new Untouched();
                    together(() -> use(untouched.value), () -> use(untouched.value));
                }),
                clean("A constructor that lets its object out at its end", () -> new Patient().reader.join()),
                racy("A constructor that lets its object out early", "Eager.value", () -> new Eager().reader.join()));
    }
}
