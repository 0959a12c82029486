package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.runnable;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.concurrentharness.explore.VirtualThreads;

/** Threads: start, join, interrupts, parking, timers, what belongs to a thread (JLS 17.4.4). */
class ThreadRaceTests extends RaceTable {
    private static final ThreadLocal<Box> OWN = ThreadLocal.withInitial(Box::new);

    /** Hands one object to all threads below the one that set it. */
    private static final InheritableThreadLocal<Box> INHERITED = new InheritableThreadLocal<>();

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(startAndJoin());
        all.addAll(interrupts());
        all.addAll(parking());
        all.addAll(timers());
        if (Runtime.version().feature() >= 21) {
            all.addAll(virtualThreads());
        }
        return all;
    }

    private static List<RaceProgram> startAndJoin() {
        return List.of(
                // starting a thread synchronizes with its first action
                clean("What was written before start is there in the thread", () -> {
                    Box box = new Box();
                    box.value = 1;
                    start(() -> use(box.value)).join();
                }),
                racy("What is written after start need not be", "Box.value", () -> {
                    Box box = new Box();
                    Thread thread = start(() -> use(box.value));
                    box.value = 1;
                    thread.join();
                }),
                clean("A thread that another one started knows what the first one wrote", () -> {
                    Box box = new Box();
                    box.value = 1;
                    start(() -> start(() -> use(box.value)).join()).join();
                }),
                // the last action of a thread synchronizes with join's return
                clean("What a thread wrote is there after join", () -> {
                    Box box = new Box();
                    start(() -> box.value = 1).join();
                    use(box.value);
                }),
                racy("What a thread wrote need not be there before join", "Box.value", () -> {
                    Box box = new Box();
                    Thread thread = start(() -> box.value = 1);
                    use(box.value);
                    thread.join();
                }),
                clean("A timed join that lasts until the end", () -> {
                    Box box = new Box();
                    Thread thread = start(() -> box.value = 1);
                    thread.join(1_000);
                    if (!thread.isAlive()) {
                        use(box.value);
                    }
                }),
                // it returned because of the time, whatever the thread does then
                racy("A timed join that ends too early", "Box.value", () -> {
                    Box box = new Box();
                    AtomicBoolean end = new AtomicBoolean();
                    Thread thread = start(() -> {
                        await(() -> {
                            Thread.sleep(1_000);
                            return end.get();
                        });
                        box.value = 1;
                    });
                    thread.join(10);
                    end.set(true);
                    use(box.value);
                    thread.join();
                }),
                clean("Joining a thread that has joined another", () -> {
                    Box box = new Box();
                    Thread inner = start(() -> box.value = 1);
                    start(inner::join).join();
                    use(box.value);
                }),
                racy("Joining one of two threads", "Box.value", () -> {
                    Box box = new Box();
                    Thread writer = start(() -> box.value = 1);
                    start(() -> {}).join();
                    use(box.value);
                    writer.join();
                }),
                // isAlive is named beside join: who detects by it that a thread has ended is ordered
                clean("A thread that is no longer alive", () -> {
                    Box box = new Box();
                    Thread thread = start(() -> box.value = 1);
                    await(() -> !thread.isAlive());
                    use(box.value);
                }),
                racy("A thread that is still alive", "Box.value", () -> {
                    Box box = new Box();
                    AtomicBoolean end = new AtomicBoolean();
                    Thread thread = start(() -> {
                        box.value = 1;
                        await(end::get);
                    });
                    await(thread::isAlive);
                    use(box.value);
                    end.set(true);
                    thread.join();
                }),
                // the handler runs in the thread that dies
                clean("What a handler of uncaught exceptions wrote is there after join", () -> {
                    Box box = new Box();
                    Thread thread = new Thread(() -> {
                        throw new IllegalStateException("expected");
                    });
                    thread.setUncaughtExceptionHandler((dying, thrown) -> box.content = thrown);
                    thread.start();
                    thread.join();
                    use(box.content);
                }),
                // neither has any synchronization semantics (17.3)
                racy("Sleeping long enough orders nothing", "Box.value", () -> {
                    Box box = new Box();
                    together(() -> box.value = 1, () -> {
                        Thread.sleep(10_000);
                        use(box.value);
                    });
                }),
                racy("Yielding orders nothing", "Box.value", () -> {
                    Box box = new Box();
                    together(
                            () -> {
                                box.value = 1;
                                Thread.yield();
                            },
                            () -> {
                                Thread.yield();
                                use(box.value);
                            });
                }),
                clean("Each thread has its own value of a ThreadLocal", () -> {
                    together(() -> OWN.get().value++, () -> OWN.get().value++);
                }),
                racy("An InheritableThreadLocal hands one object to two threads", "Box.value", () -> {
                    INHERITED.set(new Box());
                    together(() -> INHERITED.get().value++, () -> INHERITED.get().value++);
                }));
    }

    private static List<RaceProgram> interrupts() {
        return List.of(
                // an interrupt synchronizes with any point that determines that it came
                clean("What was written before an interrupt is there when isInterrupted has told of it", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        await(() -> Thread.currentThread().isInterrupted());
                        use(box.value);
                    });
                    box.value = 1;
                    reader.interrupt();
                    reader.join();
                }),
                clean("What was written before an interrupt is there when interrupted has told of it", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        await(Thread::interrupted);
                        use(box.value);
                    });
                    box.value = 1;
                    reader.interrupt();
                    reader.join();
                }),
                clean("What was written before an interrupt is there when an exception has told of it", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        try {
                            Thread.sleep(100_000);
                        } catch (InterruptedException e) {
                            use(box.value);
                        }
                    });
                    box.value = 1;
                    reader.interrupt();
                    reader.join();
                }),
                clean("Another thread sees that a thread was interrupted", () -> {
                    Box box = new Box();
                    Object lock = new Object();
                    Thread interrupted = start(() -> {
                        synchronized (lock) {
                            try {
                                lock.wait();
                            } catch (InterruptedException e) {
                                use(box.value);
                            }
                        }
                    });
                    box.value = 1;
                    interrupted.interrupt();
                    interrupted.join();
                }),
                racy("What is written after an interrupt need not be there", "Box.value", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        await(() -> Thread.currentThread().isInterrupted());
                        use(box.value);
                    });
                    reader.interrupt();
                    box.value = 1;
                    reader.join();
                }),
                racy("What is written after an interrupt need not be there in the handler", "Box.value", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        try {
                            Thread.sleep(100_000);
                        } catch (InterruptedException e) {
                            use(box.value);
                        }
                    });
                    reader.interrupt();
                    box.value = 1;
                    reader.join();
                }),
                // it was not interrupted, so there was nothing to learn
                racy("Asking a thread that was not interrupted", "Box.value", () -> {
                    Box box = new Box();
                    together(() -> box.value = 1, () -> {
                        Thread.currentThread().isInterrupted();
                        use(box.value);
                    });
                }));
    }

    private static List<RaceProgram> parking() {
        return List.of(
                // park may return for no reason: its caller has learnt nothing
                racy("Unpark and park order nothing by themselves", "Box.value", () -> {
                    Box box = new Box();
                    Thread reader = start(() -> {
                        LockSupport.park();
                        use(box.value);
                    });
                    box.value = 1;
                    LockSupport.unpark(reader);
                    reader.join();
                }),
                clean("Parking until a volatile condition holds", () -> {
                    Box box = new Box();
                    AtomicBoolean ready = new AtomicBoolean();
                    Thread reader = start(() -> {
                        while (!ready.get()) {
                            LockSupport.park(box);
                        }
                        use(box.value);
                    });
                    box.value = 1;
                    ready.set(true);
                    LockSupport.unpark(reader);
                    reader.join();
                }));
    }

    /** Runs a task when it is due. */
    private static TimerTask timerTask(Runnable task) {
        return new TimerTask() {
            @Override
            public void run() {
                task.run();
            }
        };
    }

    private static List<RaceProgram> timers() {
        return List.of(
                // Timer's queue is guarded by its monitor
                clean("What was written before a timer task was scheduled is there when it runs", () -> {
                    Box box = new Box();
                    CountDownLatch done = new CountDownLatch(1);
                    Timer timer = new Timer();
                    box.value = 1;
                    timer.schedule(
                            timerTask(() -> {
                                use(box.value);
                                done.countDown();
                            }),
                            10);
                    done.await();
                    timer.cancel();
                }),
                racy("What is written after a timer task was scheduled need not be there", "Box.value", () -> {
                    Box box = new Box();
                    CountDownLatch done = new CountDownLatch(1);
                    Timer timer = new Timer();
                    timer.schedule(
                            timerTask(() -> {
                                use(box.value);
                                done.countDown();
                            }),
                            10);
                    box.value = 1;
                    done.await();
                    timer.cancel();
                }),
                // one thread runs them all
                clean("Two tasks of a timer", () -> {
                    Box box = new Box();
                    CountDownLatch done = new CountDownLatch(2);
                    Timer timer = new Timer();
                    for (int i = 1; i <= 2; i++) {
                        timer.schedule(
                                timerTask(() -> {
                                    box.value++;
                                    done.countDown();
                                }),
                                10 * i);
                    }
                    done.await();
                    timer.cancel();
                }),
                racy("Tasks of two timers", "Box.value", () -> {
                    Box box = new Box();
                    CountDownLatch done = new CountDownLatch(2);
                    Timer one = new Timer();
                    Timer two = new Timer();
                    for (Timer timer : List.of(one, two)) {
                        timer.schedule(
                                timerTask(() -> {
                                    box.value++;
                                    done.countDown();
                                }),
                                10);
                    }
                    done.await();
                    one.cancel();
                    two.cancel();
                }));
    }

    private static List<RaceProgram> virtualThreads() {
        return List.of(
                clean("Starting and joining a virtual thread", () -> {
                    Box box = new Box();
                    box.value = 1;
                    VirtualThreads.start(() -> box.value++).join();
                    use(box.value);
                }),
                racy("Two virtual threads", "Box.value", () -> {
                    Box box = new Box();
                    Thread one = VirtualThreads.start(() -> box.value++);
                    Thread two = VirtualThreads.start(() -> box.value++);
                    one.join();
                    two.join();
                }),
                clean("Closing an executor of virtual threads", () -> {
                    Box box = new Box();
                    ExecutorService executor = VirtualThreads.executor();
                    executor.submit(runnable(() -> box.value++));
                    VirtualThreads.close(executor);
                    use(box.value);
                }),
                // the executor counts its threads when they end and when they start: a late second one is ordered by
                // that
                sometimesRacy("Two tasks of an executor of virtual threads", "Box.value", () -> {
                    Box box = new Box();
                    ExecutorService executor = VirtualThreads.executor();
                    executor.submit(runnable(() -> box.value++));
                    executor.submit(runnable(() -> box.value++));
                    VirtualThreads.close(executor);
                }));
    }
}
