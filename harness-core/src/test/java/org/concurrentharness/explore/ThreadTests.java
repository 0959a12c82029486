package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.options;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.awaitState;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.runnable;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.thrownBy;
import static org.concurrentharness.explore.Tasks.together;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code Thread}: its life, its waits, its interrupts, its exceptions, and what belongs to it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadTests {
    /** Overrides {@code run}. */
    static class Adder extends Thread {
        private final AtomicInteger sum;

        Adder(AtomicInteger sum) {
            this.sum = sum;
        }

        @Override
        public void run() {
            sum.set(sum.get() + 1);
        }
    }

    /** Overrides it again, and calls it. */
    static final class TwiceAdder extends Adder {
        TwiceAdder(AtomicInteger sum) {
            super(sum);
        }

        @Override
        public void run() {
            super.run();
            super.run();
        }
    }

    @Test
    void subclassesAreControlled() {
        survives(() -> {
            AtomicInteger sum = new AtomicInteger();
            Adder one = new Adder(sum);
            one.start();
            one.join();
            TwiceAdder two = new TwiceAdder(sum);
            two.start();
            two.join();
            two.run(); // in the caller's thread
            checkEquals(sum.get(), 5);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger sum = new AtomicInteger();
            Adder one = new Adder(sum);
            TwiceAdder two = new TwiceAdder(sum);
            one.start();
            two.start();
            one.join();
            two.join();
            checkEquals(sum.get(), 3);
        });
    }

    @Test
    void aThreadStartsOnce() {
        survives(() -> {
            Thread thread = new Thread(Thread::yield);
            thread.start();
            thrownBy(IllegalThreadStateException.class, () -> {
                thread.start();
                return null;
            });
            thread.join();
            thrownBy(IllegalThreadStateException.class, () -> {
                thread.start();
                return null;
            });
            thrownBy(IllegalThreadStateException.class, () -> {
                Thread.currentThread().start();
                return null;
            });
        });
    }

    @Test
    void joinInAllItsForms() {
        survives(() -> {
            for (int form = 0; form < 5; form++) {
                AtomicInteger done = new AtomicInteger();
                Thread thread = start(() -> {
                    Thread.sleep(50);
                    done.set(1);
                });
                switch (form) {
                    case 0 -> thread.join();
                    case 1 -> thread.join(0);
                    case 2 -> thread.join(1_000);
                    case 3 -> thread.join(1_000, 1);
                    default -> TimeUnit.SECONDS.timedJoin(thread, 1);
                }
                checkEquals(done.get(), 1);
                thread.join();
                thread.join(1);
            }
        });
    }

    @Test
    void joinWithATimeoutEndsBeforeASlowThread() {
        survives(() -> {
            Thread thread = start(() -> Thread.sleep(10_000));
            long start = System.nanoTime();
            thread.join(100);
            long elapsed = System.nanoTime() - start;
            check(elapsed >= 100_000_000 && elapsed < 10_000_000_000L, "ended after " + elapsed + " ns");
            check(thread.isAlive(), "dead");
            thread.join();
        });
    }

    @Test
    void joinOfAThreadThatWasNotStartedReturns() {
        survives(() -> {
            Thread thread = new Thread(Thread::yield);
            thread.join();
            thread.join(1_000);
            checkEquals(thread.getState(), Thread.State.NEW);
            thrownBy(IllegalArgumentException.class, () -> {
                thread.join(-1);
                return null;
            });
        });
    }

    @Test
    void joinByItselfIsADeadlock() {
        fails(Failure.Kind.DEADLOCK, () -> Thread.currentThread().join());
    }

    @Test
    void sleepingAnHourTakesNoTime() {
        long start = System.nanoTime();
        survives(() -> {
            long began = System.nanoTime();
            long beganMillis = System.currentTimeMillis();
            Thread other = start(() -> TimeUnit.HOURS.sleep(1));
            Thread.sleep(3_600_000);
            Thread.sleep(0, 500_000);
            other.join();
            check(System.nanoTime() - began >= 3_600_000_000_000L, "too early");
            check(System.currentTimeMillis() - beganMillis >= 3_600_000L, "too early");
        });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void sleepersWakeInTheOrderOfTheirTime() {
        survives(() -> {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            Tasks.Task[] tasks = new Tasks.Task[4];
            for (int i = 0; i < 4; i++) {
                int number = i;
                tasks[i] = () -> {
                    Thread.sleep(1_000L * (4 - number));
                    order.add(number);
                };
            }
            together(tasks);
            checkEquals(order, List.of(3, 2, 1, 0));
        });
    }

    /** A flag to spin on. */
    static final class Flag {
        private volatile boolean set;
        private boolean plain;
    }

    @Test
    void spinLoopsOnAVolatileFlagEnd() {
        survives(() -> {
            Flag flag = new Flag();
            together(
                    () -> {
                        while (!flag.set) {
                            Thread.yield();
                        }
                    },
                    () -> {
                        while (!flag.set) {
                            Thread.onSpinWait();
                        }
                    },
                    () -> {
                        while (!flag.set) {
                            // nothing at all
                        }
                    },
                    () -> flag.set = true);
        });
    }

    @Test
    void spinLoopsByTheBodyItselfEnd() {
        survives(() -> {
            Flag flag = new Flag();
            Thread setter = start(() -> flag.set = true);
            while (!flag.set) {
                // nothing at all
            }
            setter.join();
            AtomicInteger turn = new AtomicInteger();
            Thread other = start(() -> {
                while (!turn.compareAndSet(1, 2)) {
                    // a failed exchange changes nothing
                }
            });
            while (turn.get() != 2) {
                turn.compareAndSet(0, 1);
            }
            other.join();
        });
    }

    @Test
    void aSpinLoopWithoutASchedulingPointEnds() {
        survives(
                () -> {
                    Flag flag = new Flag();
                    Thread setter = start(() -> flag.plain = true);
                    while (!flag.plain) {
                        // found by its backward jump
                    }
                    setter.join();
                },
                options -> options.executions(20));
    }

    @Test
    void spinningForWhatNeverComesIsALivelock() {
        Failure failure = fails(
                Failure.Kind.LIVELOCK,
                () -> {
                    Flag flag = new Flag();
                    Tasks.Task spin = () -> {
                        while (!flag.set) {
                            Thread.yield();
                        }
                    };
                    together(spin, spin);
                },
                options -> options.maxSteps(2_000));
        assertThat(failure.message()).contains("2000 steps");
    }

    @Test
    void politeThreadsThatNeverGoFirstAreFound() {
        fails(
                Failure.Kind.LIVELOCK,
                () -> {
                    ReentrantLock one = new ReentrantLock();
                    ReentrantLock other = new ReentrantLock();
                    Flag left = new Flag();
                    left.set = true;
                    together(
                            () -> {
                                while (left.set) {
                                    one.lock();
                                    one.unlock();
                                }
                            },
                            () -> {
                                while (left.set) {
                                    other.lock();
                                    other.unlock();
                                }
                            });
                },
                options -> options.maxSteps(5_000));
    }

    /** Blocks until interrupted. */
    private static void interruptEnds(Tasks.Task blocks) throws Exception {
        Thread thread = start(() -> {
            thrownBy(InterruptedException.class, () -> {
                blocks.run();
                return null;
            });
            check(!Thread.interrupted(), "status not cleared");
        });
        thread.interrupt();
        thread.join();
        Thread late = start(() -> thrownBy(InterruptedException.class, () -> {
            blocks.run();
            return null;
        }));
        while (late.getState() != Thread.State.WAITING && late.getState() != Thread.State.TIMED_WAITING) {
            Thread.yield();
        }
        late.interrupt();
        late.join();
    }

    @Test
    void interruptEndsSleepJoinAndWait() {
        survives(() -> {
            Thread main = Thread.currentThread();
            Object lock = new Object();
            interruptEnds(() -> Thread.sleep(Long.MAX_VALUE));
            interruptEnds(main::join);
            interruptEnds(() -> main.join(1_000_000));
            interruptEnds(() -> {
                synchronized (lock) {
                    lock.wait();
                }
            });
            interruptEnds(() -> {
                synchronized (lock) {
                    lock.wait(1_000_000);
                }
            });
        });
    }

    @Test
    void interruptEndsLocksAndSynchronizers() {
        survives(() -> {
            ReentrantLock lock = new ReentrantLock();
            Condition condition = lock.newCondition();
            interruptEnds(new CountDownLatch(1)::await);
            interruptEnds(new Semaphore(0)::acquire);
            interruptEnds(() -> new CyclicBarrier(2).await());
            interruptEnds(() -> {
                lock.lock();
                try {
                    condition.await();
                } finally {
                    lock.unlock();
                }
            });
            lock.lock();
            interruptEnds(lock::lockInterruptibly);
            interruptEnds(() -> lock.tryLock(1, TimeUnit.HOURS));
            lock.unlock();
        });
    }

    @Test
    void interruptEndsQueuesAndFutures() {
        survives(() -> {
            interruptEnds(new ArrayBlockingQueue<>(1)::take);
            interruptEnds(() -> new SynchronousQueue<Integer>().put(1));
            interruptEnds(new FutureTask<>(() -> 1)::get);
            interruptEnds(() -> new FutureTask<>(() -> 1).get(1, TimeUnit.DAYS));
        });
    }

    @Test
    void interruptDoesNotEndALockButAPark() {
        survives(() -> {
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            Thread locker = start(() -> {
                lock.lock();
                check(Thread.currentThread().isInterrupted(), "status lost");
                lock.unlock();
            });
            awaitState(locker, Thread.State.WAITING);
            locker.interrupt();
            check(locker.isAlive(), "went through a held lock");
            lock.unlock();
            locker.join();
            Thread parker = start(() -> {
                LockSupport.park();
                check(Thread.interrupted(), "status lost");
                check(!Thread.interrupted(), "status not cleared");
            });
            awaitState(parker, Thread.State.WAITING);
            parker.interrupt();
            parker.join();
            Object monitor = new Object();
            Thread enterer;
            synchronized (monitor) {
                enterer = start(() -> {
                    synchronized (monitor) {
                        check(Thread.currentThread().isInterrupted(), "status lost");
                    }
                });
                awaitState(enterer, Thread.State.BLOCKED);
                enterer.interrupt();
            }
            enterer.join();
        });
    }

    @Test
    void anInterruptStatusIsSeenByOthersAndByItself() {
        survives(() -> {
            Thread.currentThread().interrupt();
            check(Thread.currentThread().isInterrupted(), "not interrupted");
            thrownBy(InterruptedException.class, () -> {
                Thread.sleep(1);
                return null;
            });
            check(!Thread.currentThread().isInterrupted(), "not cleared");
            Flag go = new Flag();
            Thread other = start(() -> {
                while (!go.set) {
                    Thread.yield();
                }
                check(Thread.interrupted(), "not interrupted");
            });
            other.interrupt();
            check(other.isInterrupted(), "not seen");
            go.set = true;
            other.join();
        });
    }

    @Test
    void statesAreThoseOfRealThreads() {
        survives(() -> {
            Object lock = new Object();
            Flag go = new Flag();
            Thread fresh = new Thread(Thread::yield);
            checkEquals(fresh.getState(), Thread.State.NEW);
            check(!fresh.isAlive(), "alive");
            fresh.start();
            fresh.join();
            checkEquals(fresh.getState(), Thread.State.TERMINATED);
            check(!fresh.isAlive(), "alive");
            checkEquals(Thread.currentThread().getState(), Thread.State.RUNNABLE);
            check(Thread.currentThread().isAlive(), "dead");
            Thread runner = start(() -> {
                while (!go.set) {
                    Thread.yield();
                }
            });
            checkEquals(runner.getState(), Thread.State.RUNNABLE);
            check(runner.isAlive(), "dead");
            Thread parker = start(LockSupport::park);
            Thread sleeper = start(() -> Thread.sleep(1));
            Thread waiter = start(() -> {
                synchronized (lock) {
                    lock.wait();
                }
            });
            Thread joiner = start(runner::join);
            awaitState(parker, Thread.State.WAITING);
            awaitState(joiner, Thread.State.WAITING);
            awaitState(waiter, Thread.State.WAITING);
            awaitState(sleeper, Thread.State.TIMED_WAITING);
            Thread blocked;
            synchronized (lock) {
                blocked = start(() -> {
                    synchronized (lock) {
                        go.set = true;
                    }
                });
                awaitState(blocked, Thread.State.BLOCKED);
                lock.notify();
                checkEquals(waiter.getState(), Thread.State.BLOCKED);
            }
            LockSupport.unpark(parker);
            for (Thread thread : List.of(runner, parker, sleeper, waiter, joiner, blocked)) {
                thread.join();
            }
        });
    }

    @Test
    void anExceptionNobodyHandlesFails() {
        Failure failure = fails(
                Failure.Kind.EXCEPTION,
                () -> start(() -> {
                            throw new IllegalStateException("nobody handles this");
                        })
                        .join());
        assertThat(failure.message()).contains("nobody handles this");
        assertThat(failure.report()).contains("Thread-0");
    }

    @Test
    void aHandlerOfTheProgramDealsWithAnException() {
        survives(() -> {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            AtomicReference<Thread> in = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                throw new IllegalStateException("handled");
            });
            thread.setUncaughtExceptionHandler((who, thrown) -> {
                checkEquals(who, thread);
                in.set(Thread.currentThread());
                seen.set(thrown);
            });
            thread.start();
            thread.join();
            checkEquals(seen.get().getMessage(), "handled");
            checkEquals(in.get(), thread);
        });
    }

    /** A group that handles exceptions of its threads. */
    static final class HandlingGroup extends ThreadGroup {
        private final AtomicReference<Throwable> seen = new AtomicReference<>();

        HandlingGroup() {
            super("handling");
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            seen.set(thrown);
        }
    }

    @Test
    void aThreadGroupOfTheProgramDealsWithAnException() {
        survives(() -> {
            HandlingGroup group = new HandlingGroup();
            Thread thread = new Thread(group, () -> {
                throw new IllegalStateException("handled");
            });
            thread.start();
            thread.join();
            checkEquals(group.seen.get().getMessage(), "handled");
        });
    }

    @Test
    void aDefaultHandlerOfTheProgramDealsWithAnExceptionUntilTheExecutionEnds() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        survives(() -> {
            check(Thread.getDefaultUncaughtExceptionHandler() == null, "left by another execution");
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Thread.setDefaultUncaughtExceptionHandler((who, thrown) -> seen.set(thrown));
            Thread thread = new Thread(() -> {
                throw new IllegalStateException("handled");
            });
            thread.start();
            thread.join();
            checkEquals(seen.get().getMessage(), "handled");
        });
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
    }

    @Test
    void aHandlerThatThrowsDoesNotStopTheExecution() {
        survives(
                () -> {
                    Thread thread = new Thread(() -> {
                        throw new IllegalStateException("first");
                    });
                    thread.setUncaughtExceptionHandler((who, thrown) -> {
                        throw new IllegalArgumentException("second"); // the JVM ignores it
                    });
                    thread.start();
                    thread.join();
                },
                options -> options.executions(3)); // the JVM prints a line each time
    }

    @Test
    void daemonThreadsMayOutliveTheBody() {
        survives(() -> {
            Thread daemon = new Thread(LockSupport::park);
            daemon.setDaemon(true);
            daemon.start();
            Thread child = start(() -> check(!Thread.currentThread().isDaemon(), "inherits nothing from a daemon"));
            child.join();
        });
    }

    @Test
    void aThreadInheritsWhetherItIsADaemon() {
        survives(() -> {
            Thread daemon = new Thread(runnable(() -> {
                Thread child = new Thread(Thread::yield);
                check(child.isDaemon(), "not inherited");
            }));
            daemon.setDaemon(true);
            daemon.start();
            daemon.join();
        });
    }

    @OnEachCarrier
    void leakedThreadsFailOrAreReportedOrIgnored(CarrierKind carrier) {
        ExplorationBody leaks = () -> new Thread(LockSupport::park, "forgotten").start();
        Exploration failed = Explorer.explore(options(carrier).leakedThreads(LeakedThreads.FAIL), leaks);
        assertThat(failed.failure().map(Failure::kind)).contains(Failure.Kind.LEAKED_THREAD);
        assertThat(failed.failure().orElseThrow().report()).contains("forgotten");
        Exploration reported = Explorer.explore(options(carrier).leakedThreads(LeakedThreads.REPORT), leaks);
        assertThat(reported.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(reported.notes()).anyMatch(note -> note.startsWith("A thread outlives the body: forgotten waits"));
        Exploration ignored = Explorer.explore(options(carrier).leakedThreads(LeakedThreads.IGNORE), leaks);
        assertThat(ignored.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(ignored.notes()).noneMatch(note -> note.contains("outlives"));
    }

    @Test
    void threadsThatEndAfterTheBodyAreNotLeaked() {
        survives(() -> {
            start(Thread::yield);
            start(() -> Thread.sleep(100));
        });
    }

    private static final ThreadLocal<Integer> LOCAL = ThreadLocal.withInitial(() -> 0);
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    @Test
    void threadLocalsAreFreshInEachExecution() {
        survives(() -> {
            checkEquals(LOCAL.get(), 0);
            checkEquals(INHERITED.get(), null);
            LOCAL.set(1);
            INHERITED.set("parent");
            Tasks.Task task = () -> {
                checkEquals(LOCAL.get(), 0);
                checkEquals(INHERITED.get(), "parent");
                for (int i = 0; i < 3; i++) {
                    LOCAL.set(LOCAL.get() + 1);
                    Thread.yield();
                }
                INHERITED.set("child");
                checkEquals(LOCAL.get(), 3);
            };
            together(task, task);
            checkEquals(LOCAL.get(), 1);
            checkEquals(INHERITED.get(), "parent");
        });
    }

    @OnEachCarrier
    void namesAndNumbersAreTheSameInEachExecution(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            List<String> names = Collections.synchronizedList(new ArrayList<>());
            Thread first = new Thread(() -> names.add("a"));
            Thread named = new Thread(() -> names.add("b"), "named");
            Thread second = new Thread(() -> names.add("c"));
            together(() -> names.add("d"));
            return Thread.currentThread().getName() + " " + first.getName() + " " + named.getName() + " "
                    + second.getName() + " "
                    + (second.getId() - first.getId());
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("main Thread-0 named Thread-1 2");
    }

    @OnEachCarrier
    void threadIdsAndHashCodesAreTheSameInEachExecution(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            Object object = new Object();
            AtomicReference<String> other = new AtomicReference<>();
            Thread thread = start(() -> other.set(System.identityHashCode(new Object()) + " "
                    + Thread.currentThread().getId()));
            thread.join();
            return Thread.currentThread().getId() + " " + System.identityHashCode(object) + " " + other.get() + " "
                    + Math.random();
        });
        result.orThrow();
        assertThat(result.outcomes()).hasSize(1);
    }

    @Test
    void holdsLockKnowsWhoHolds() {
        survives(() -> {
            Object lock = new Object();
            check(!Thread.holdsLock(lock), "free");
            synchronized (lock) {
                check(Thread.holdsLock(lock), "held");
                Thread other = start(() -> check(!Thread.holdsLock(lock), "held by another"));
                other.join();
            }
            check(!Thread.holdsLock(lock), "free again");
        });
    }

    @Test
    void stackTracesAndContextLoadersBelongToTheThread() {
        survives(() -> {
            ClassLoader loader = Tasks.class.getClassLoader();
            checkEquals(Thread.currentThread().getContextClassLoader(), loader);
            Thread thread = start(() -> {
                checkEquals(Thread.currentThread().getContextClassLoader(), loader);
                check(Thread.currentThread().getStackTrace().length > 0, "no stack");
            });
            thread.join();
        });
    }
}
