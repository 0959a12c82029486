package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Latches, semaphores, barriers, phasers and exchangers, as the package documentation of {@code java.util.concurrent} has them. */
class SynchronizerRaceTests extends RaceTable {
    @Override
    List<RaceProgram> programs() {
        return List.of(
                clean("CountDownLatch.countDown happens before await's return", () -> {
                    Box box = new Box();
                    CountDownLatch latch = new CountDownLatch(1);
                    together(
                            () -> {
                                box.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                latch.await();
                                use(box.value);
                            });
                }),
                racy("A write after countDown", "Box.value", () -> {
                    Box box = new Box();
                    CountDownLatch latch = new CountDownLatch(1);
                    together(
                            () -> {
                                latch.countDown();
                                box.value = 1;
                            },
                            () -> {
                                latch.await();
                                use(box.value);
                            });
                }),
                clean("All that have counted down happen before await's return", () -> {
                    Box one = new Box();
                    Box two = new Box();
                    CountDownLatch latch = new CountDownLatch(2);
                    together(
                            () -> {
                                one.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                two.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                latch.await();
                                use(one.value + two.value);
                            });
                }),
                // it counts to 1 and two count down: the second one is not waited for
                sometimesRacy("A latch that opens too early", "Box.value", () -> {
                    Box one = new Box();
                    Box two = new Box();
                    CountDownLatch latch = new CountDownLatch(1);
                    together(
                            () -> {
                                one.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                two.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                latch.await();
                                use(one.value + two.value);
                            });
                }),
                // nobody takes anything over from those that wait
                racy("Two threads that a latch lets go", "Box.value", () -> {
                    Box box = new Box();
                    CountDownLatch latch = new CountDownLatch(1);
                    together(
                            latch::countDown,
                            () -> {
                                latch.await();
                                box.value++;
                            },
                            () -> {
                                latch.await();
                                box.value++;
                            });
                }),
                sometimesRacy("An await that runs out of time", "Box.value", () -> {
                    Box box = new Box();
                    CountDownLatch latch = new CountDownLatch(1);
                    together(
                            () -> {
                                Thread.sleep(50);
                                box.value = 1;
                                latch.countDown();
                            },
                            () -> {
                                latch.await(10, TimeUnit.MILLISECONDS);
                                use(box.value);
                            });
                }),
                clean("A semaphore of one permit is a lock", () -> {
                    Box box = new Box();
                    Semaphore semaphore = new Semaphore(1);
                    Runnable task = () -> {
                        semaphore.acquireUninterruptibly();
                        box.value++;
                        semaphore.release();
                    };
                    together(task::run, task::run);
                }),
                sometimesRacy("A semaphore of two permits is none", "Box.value", () -> {
                    Box box = new Box();
                    Semaphore semaphore = new Semaphore(2);
                    Runnable task = () -> {
                        semaphore.acquireUninterruptibly();
                        box.value++;
                        semaphore.release();
                    };
                    together(task::run, task::run);
                }),
                clean("Semaphore.release happens before acquire in another thread", () -> {
                    Box box = new Box();
                    Semaphore semaphore = new Semaphore(0);
                    together(
                            () -> {
                                box.value = 1;
                                semaphore.release();
                            },
                            () -> {
                                await(semaphore::tryAcquire);
                                use(box.value);
                            });
                }),
                racy("A write after release", "Box.value", () -> {
                    Box box = new Box();
                    Semaphore semaphore = new Semaphore(0);
                    together(
                            () -> {
                                semaphore.release();
                                box.value = 1;
                            },
                            () -> {
                                semaphore.acquire();
                                use(box.value);
                            });
                }),
                clean("CyclicBarrier: what all wrote before is there for all behind it", () -> {
                    int[] numbers = new int[3];
                    CyclicBarrier barrier = new CyclicBarrier(3);
                    together(
                            () -> {
                                numbers[0] = 1;
                                barrier.await();
                                use(numbers[1] + numbers[2]);
                            },
                            () -> {
                                numbers[1] = 1;
                                barrier.await();
                                use(numbers[2] + numbers[0]);
                            },
                            () -> {
                                numbers[2] = 1;
                                barrier.await();
                                use(numbers[0] + numbers[1]);
                            });
                }),
                racy("CyclicBarrier: what one writes behind it, while another one reads", "element 0 of int[]", () -> {
                    int[] numbers = new int[2];
                    CyclicBarrier barrier = new CyclicBarrier(2);
                    together(
                            () -> {
                                barrier.await();
                                numbers[0] = 1;
                            },
                            () -> {
                                barrier.await();
                                use(numbers[0]);
                            });
                }),
                clean("CyclicBarrier: its action stands between", () -> {
                    Box box = new Box();
                    CyclicBarrier barrier = new CyclicBarrier(2, () -> box.value++);
                    together(
                            () -> {
                                box.value++;
                                barrier.await();
                                use(box.value);
                            },
                            () -> {
                                barrier.await();
                                use(box.value);
                            });
                }),
                clean("CyclicBarrier: taking turns in two rounds", () -> {
                    Box box = new Box();
                    CyclicBarrier barrier = new CyclicBarrier(2);
                    together(
                            () -> {
                                box.value++;
                                barrier.await();
                                barrier.await();
                                box.value++;
                            },
                            () -> {
                                barrier.await();
                                box.value++;
                                barrier.await();
                            });
                }),
                clean("Phaser.arriveAndAwaitAdvance", () -> {
                    int[] numbers = new int[2];
                    Phaser phaser = new Phaser(2);
                    together(
                            () -> {
                                numbers[0] = 1;
                                phaser.arriveAndAwaitAdvance();
                                use(numbers[1]);
                            },
                            () -> {
                                numbers[1] = 1;
                                phaser.arriveAndAwaitAdvance();
                                use(numbers[0]);
                            });
                }),
                clean("Phaser.arrive happens before awaitAdvance's return", () -> {
                    Box box = new Box();
                    Phaser phaser = new Phaser(1);
                    together(
                            () -> {
                                box.value = 1;
                                phaser.arrive();
                            },
                            () -> {
                                phaser.awaitAdvance(0);
                                use(box.value);
                            });
                }),
                racy("A write after Phaser.arrive", "Box.value", () -> {
                    Box box = new Box();
                    Phaser phaser = new Phaser(1);
                    together(
                            () -> {
                                phaser.arrive();
                                box.value = 1;
                            },
                            () -> {
                                phaser.awaitAdvance(0);
                                use(box.value);
                            });
                }),
                clean("Exchanger: what each wrote before is there for the other behind it", () -> {
                    Box one = new Box();
                    Box two = new Box();
                    Exchanger<Box> exchanger = new Exchanger<>();
                    together(
                            () -> {
                                one.value = 1;
                                use(exchanger.exchange(one).value);
                            },
                            () -> {
                                two.value = 1;
                                use(exchanger.exchange(two).value);
                            });
                }),
                racy("Exchanger: what one writes after it has given it away", "Box.value", () -> {
                    Box one = new Box();
                    Box two = new Box();
                    Exchanger<Box> exchanger = new Exchanger<>();
                    together(
                            () -> {
                                use(exchanger.exchange(one));
                                one.value = 1;
                            },
                            () -> use(exchanger.exchange(two).value));
                }));
    }
}
