package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.thrownBy;
import static org.concurrentharness.explore.Tasks.together;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Monitors, synchronized methods, wait and notify. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MonitorTests {
    /** Three threads that wait, and how many went on. */
    static final class Waiters {
        private final Object lock = new Object();
        private final Thread[] threads = new Thread[3];
        private int waiting;
        private int woken;
        private int firstWoken = -1;

        /** Starts the threads; each waits before the next one does. */
        void start() throws InterruptedException {
            for (int i = 0; i < threads.length; i++) {
                int index = i;
                threads[i] = Tasks.start(() -> {
                    synchronized (lock) {
                        waiting++;
                        lock.wait();
                        woken++;
                        firstWoken = firstWoken < 0 ? index : firstWoken;
                    }
                });
                while (waiting() <= i) {
                    Thread.yield();
                }
            }
        }

        private int waiting() {
            synchronized (lock) {
                return waiting;
            }
        }

        /** Returns how many go on for one notification. */
        int afterNotification(boolean all) throws InterruptedException {
            synchronized (lock) {
                if (all) {
                    lock.notifyAll();
                } else {
                    lock.notify();
                }
            }
            Thread.sleep(1_000); // time moves when nobody can run
            int result;
            synchronized (lock) {
                result = woken;
                lock.notifyAll();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return result;
        }
    }

    @OnEachCarrier
    void oneNotifyWakesExactlyOneOfThree(CarrierKind carrier) {
        int executions = carrier == CarrierKind.FIBERS || Explorations.THOROUGH ? 10_000 : 500;
        Exploration result = Explorer.explore(Explorations.options(carrier).executions(executions), () -> {
            Waiters waiters = new Waiters();
            waiters.start();
            return waiters.afterNotification(false);
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("1").containsEntry("1", (long) executions);
    }

    @OnEachCarrier
    void notifyAllWakesAll(CarrierKind carrier) {
        Exploration result = Explorer.explore(Explorations.options(carrier), () -> {
            Waiters waiters = new Waiters();
            waiters.start();
            return waiters.afterNotification(true);
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("3");
    }

    @OnEachCarrier
    void whichWaiterIsWokenIsExplored(CarrierKind carrier) {
        Exploration result = Explorer.explore(Explorations.options(carrier), () -> {
            Waiters waiters = new Waiters();
            waiters.start();
            waiters.afterNotification(false);
            return waiters.firstWoken;
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("0", "1", "2");
    }

    /** A cell of one item; {@code take} checks its condition again, as it must, or once only. */
    static final class Cell {
        private Object item;

        synchronized void put(Object newItem) {
            item = newItem;
            notifyAll();
        }

        synchronized void putWhenEmpty(Object newItem) throws InterruptedException {
            while (item != null) {
                wait();
            }
            put(newItem);
        }

        synchronized Object take(boolean again) throws InterruptedException {
            if (again) {
                while (item == null) {
                    wait();
                }
            } else if (item == null) {
                wait();
            }
            Object taken = item;
            item = null;
            notifyAll();
            check(taken != null, "took nothing");
            return taken;
        }
    }

    @Test
    void aLoopAroundWaitIsRightAndAnIfIsNot() {
        survives(() -> {
            Cell cell = new Cell();
            together(
                    () -> cell.take(true),
                    () -> cell.take(true),
                    () -> cell.putWhenEmpty("a"),
                    () -> cell.putWhenEmpty("b"));
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Cell cell = new Cell();
            together(() -> cell.take(false), () -> cell.take(false), () -> cell.put("a"), () -> cell.put("b"));
        });
    }

    @Test
    void spuriousWakeUpsHappenWhenAskedFor() {
        survives(() -> {
            Cell cell = new Cell();
            together(() -> cell.take(false), () -> cell.put("a"));
        });
        fails(
                Failure.Kind.EXCEPTION,
                () -> {
                    Cell cell = new Cell();
                    together(() -> cell.take(false), () -> cell.put("a"));
                },
                options -> options.spuriousWakeups(true));
        survives(
                () -> {
                    Cell cell = new Cell();
                    together(() -> cell.take(true), () -> cell.put("a"));
                },
                options -> options.spuriousWakeups(true));
    }

    @Test
    void spuriousWakeUpsDoNotHideADeadlock() {
        fails(
                Failure.Kind.DEADLOCK,
                () -> {
                    Cell cell = new Cell();
                    together(() -> cell.take(true));
                },
                options -> options.spuriousWakeups(true));
    }

    @Test
    void aNotificationThatComesTooEarlyIsLost() {
        fails(Failure.Kind.DEADLOCK, () -> {
            Object lock = new Object();
            together(
                    () -> {
                        synchronized (lock) {
                            lock.wait();
                        }
                    },
                    () -> {
                        synchronized (lock) {
                            lock.notify();
                        }
                    });
        });
    }

    @Test
    void aTimedWaitEndsWhenItsTimeIsOver() {
        survives(() -> {
            Object lock = new Object();
            long start = System.nanoTime();
            synchronized (lock) {
                lock.wait(1_000);
            }
            check(System.nanoTime() - start >= 1_000_000_000, "ended early");
            start = System.nanoTime();
            synchronized (lock) {
                lock.wait(1_000, 500);
            }
            check(System.nanoTime() - start >= 1_000_000_500, "ended early");
            synchronized (lock) {
                TimeUnit.SECONDS.timedWait(lock, 1);
            }
        });
    }

    @Test
    void aTimedWaitThatIsNotifiedEndsEarly() {
        survives(() -> {
            Object lock = new Object();
            AtomicBoolean done = new AtomicBoolean();
            Thread waiter = start(() -> {
                long start = System.nanoTime();
                synchronized (lock) {
                    while (!done.get()) {
                        lock.wait(3_600_000);
                    }
                }
                check(System.nanoTime() - start < 1_000_000_000, "waited on");
            });
            done.set(true);
            synchronized (lock) {
                lock.notify();
            }
            waiter.join();
        });
    }

    @Test
    void anInterruptEndsAWaitWhichHasItsMonitorAgain() {
        survives(() -> {
            Object lock = new Object();
            Thread waiter = start(() -> {
                synchronized (lock) {
                    InterruptedException thrown = thrownBy(InterruptedException.class, () -> {
                        lock.wait();
                        return null;
                    });
                    check(thrown != null && Thread.holdsLock(lock), "monitor lost");
                    check(!Thread.currentThread().isInterrupted(), "status not cleared");
                }
                check(!Thread.holdsLock(lock), "monitor kept");
            });
            waiter.interrupt();
            waiter.join();
        });
    }

    @Test
    void anInterruptAndANotificationDoNotBothGoToOneWaiter() {
        // JLS 17.2.4: when the interrupted waiter ends by its interrupt, the notification goes to another one
        survives(() -> {
            Object lock = new Object();
            AtomicInteger waiting = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            Tasks.Task wait = () -> {
                synchronized (lock) {
                    waiting.incrementAndGet();
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // ended all the same
                    }
                    ended.incrementAndGet();
                }
            };
            Thread one = start(wait);
            Thread other = start(wait);
            while (waiting.get() < 2) {
                Thread.yield();
            }
            together(one::interrupt, () -> {
                synchronized (lock) {
                    lock.notify();
                }
            });
            Thread.sleep(1_000);
            check(ended.get() >= 1, "nobody went on");
            synchronized (lock) {
                lock.notifyAll();
            }
            one.join();
            other.join();
        });
    }

    @Test
    void waitAndNotifyNeedTheMonitor() {
        survives(() -> {
            Object lock = new Object();
            thrownBy(IllegalMonitorStateException.class, () -> {
                lock.wait();
                return null;
            });
            thrownBy(IllegalMonitorStateException.class, () -> {
                lock.notify();
                return null;
            });
            thrownBy(IllegalMonitorStateException.class, () -> {
                lock.notifyAll();
                return null;
            });
            thrownBy(IllegalArgumentException.class, () -> {
                synchronized (lock) {
                    lock.wait(-1);
                }
                return null;
            });
            Thread holder = start(() -> {
                synchronized (lock) {
                    Thread.sleep(10);
                }
            });
            Thread.sleep(5);
            thrownBy(IllegalMonitorStateException.class, () -> {
                lock.notify();
                return null;
            });
            holder.join();
        });
    }

    @Test
    @SuppressWarnings("SynchronizeOnNonFinalField")
    void synchronizedOnNullThrows() {
        survives(() -> {
            Object[] none = new Object[1];
            thrownBy(NullPointerException.class, () -> {
                synchronized (none[0]) {
                    return null;
                }
            });
        });
    }

    @Test
    void waitGivesUpAReentrantMonitorWholly() {
        survives(() -> {
            Object lock = new Object();
            AtomicBoolean notified = new AtomicBoolean();
            Thread waiter = start(() -> {
                synchronized (lock) {
                    synchronized (lock) {
                        synchronized (lock) {
                            while (!notified.get()) {
                                lock.wait();
                            }
                            check(Thread.holdsLock(lock), "not held");
                        }
                        check(Thread.holdsLock(lock), "given up too early");
                    }
                    check(Thread.holdsLock(lock), "given up too early");
                }
                check(!Thread.holdsLock(lock), "not given up");
            });
            synchronized (lock) {
                notified.set(true);
                lock.notify();
            }
            waiter.join();
        });
    }

    @Test
    void waitKeepsOtherMonitors() {
        Failure failure = fails(Failure.Kind.DEADLOCK, () -> {
            Object outer = new Object();
            Object inner = new Object();
            together(
                    () -> {
                        synchronized (outer) {
                            synchronized (inner) {
                                inner.wait();
                            }
                        }
                    },
                    () -> {
                        synchronized (outer) {
                            synchronized (inner) {
                                inner.notify();
                            }
                        }
                    });
        });
        assertThat(failure.message()).startsWith("Deadlock: ");
    }

    /** A counter whose methods are synchronized as a user writes them. */
    static final class Counter {
        private static int all;
        private int own;

        synchronized int next() {
            int seen = own;
            Thread.yield();
            own = seen + 1;
            return own;
        }

        static synchronized int nextOfAll() {
            int seen = all;
            Thread.yield();
            all = seen + 1;
            return all;
        }

        synchronized void fail() {
            throw new IllegalArgumentException();
        }

        int unsynchronized() {
            int seen = own;
            Thread.yield();
            own = seen + 1;
            return own;
        }
    }

    @Test
    void synchronizedMethodsExcludeEachOther() {
        survives(() -> {
            Counter counter = new Counter();
            Counter.all = 0;
            Tasks.Task task = () -> {
                counter.next();
                Counter.nextOfAll();
                synchronized (Counter.class) {
                    Counter.all++;
                }
                synchronized (counter) {
                    counter.own++;
                }
            };
            together(task, task);
            checkEquals(counter.own, 4);
            checkEquals(Counter.all, 4);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Counter counter = new Counter();
            together(counter::unsynchronized, counter::next);
            checkEquals(counter.own, 2);
        });
    }

    @Test
    void anExceptionGivesUpTheMonitor() {
        survives(() -> {
            Counter counter = new Counter();
            Tasks.Task task = () -> {
                thrownBy(IllegalArgumentException.class, () -> {
                    counter.fail();
                    return null;
                });
                check(!Thread.holdsLock(counter), "kept");
                thrownBy(ArrayIndexOutOfBoundsException.class, () -> {
                    synchronized (counter) {
                        return new int[0].clone()[1];
                    }
                });
                check(!Thread.holdsLock(counter), "kept");
            };
            together(task, task);
        });
    }

    @Test
    void threeThreadsInACircleDeadlock() {
        Failure failure = fails(Failure.Kind.DEADLOCK, () -> {
            Object[] forks = {new Object(), new Object(), new Object()};
            Tasks.Task[] philosophers = new Tasks.Task[3];
            for (int i = 0; i < 3; i++) {
                Object left = forks[i];
                Object right = forks[(i + 1) % 3];
                philosophers[i] = () -> {
                    synchronized (left) {
                        synchronized (right) {
                            Thread.yield();
                        }
                    }
                };
            }
            together(philosophers);
        });
        assertThat(failure.message()).isEqualTo("Deadlock: Thread-0, Thread-1 and Thread-2 wait for each other.");
    }
}
