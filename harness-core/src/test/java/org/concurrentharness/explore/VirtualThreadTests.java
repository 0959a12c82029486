package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Virtual threads, and executors that start a thread for each task. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VirtualThreadTests {
    @Test
    void virtualThreads() {
        survives(() -> {
            AtomicInteger count = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(VirtualThreads.start(() -> {
                    check(VirtualThreads.isVirtual(Thread.currentThread()), "not virtual");
                    check(Thread.currentThread().isDaemon(), "no daemon");
                    Thread.sleep(3_600_000);
                    count.incrementAndGet();
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            checkEquals(count.get(), 3);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger count = new AtomicInteger();
            Tasks.Task task = () -> count.set(count.get() + 1);
            Thread one = VirtualThreads.start(task);
            Thread other = VirtualThreads.start(task);
            one.join();
            other.join();
            checkEquals(count.get(), 2);
        });
        fails(
                Failure.Kind.DEADLOCK,
                () -> VirtualThreads.start(LockSupport::park).join());
        fails(
                Failure.Kind.EXCEPTION,
                () -> VirtualThreads.start(() -> {
                            throw new IllegalStateException("nobody handles this");
                        })
                        .join());
    }

    @Test
    void virtualThreadsBlockAndAreInterrupted() {
        survives(() -> {
            ReentrantLock lock = new ReentrantLock();
            Object monitor = new Object();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger insideMonitor = new AtomicInteger();
            Tasks.Task task = () -> {
                lock.lock();
                checkEquals(inside.incrementAndGet(), 1);
                Thread.yield();
                inside.decrementAndGet();
                lock.unlock();
                synchronized (monitor) {
                    checkEquals(insideMonitor.incrementAndGet(), 1);
                    Thread.yield();
                    insideMonitor.decrementAndGet();
                }
            };
            Thread one = VirtualThreads.start(task);
            Thread other = VirtualThreads.start(task);
            Thread sleeper = VirtualThreads.start(() -> Tasks.thrownBy(InterruptedException.class, () -> {
                synchronized (monitor) {
                    monitor.wait();
                }
                return null;
            }));
            sleeper.interrupt();
            sleeper.join();
            one.join();
            other.join();
        });
    }

    @Test
    void executorsOfVirtualThreads() {
        survives(() -> {
            AtomicInteger sum = new AtomicInteger();
            ExecutorService executor = VirtualThreads.executor();
            Future<Integer> one = executor.submit(() -> 1);
            executor.submit(() -> {
                Thread.sleep(1_000);
                return sum.addAndGet(2);
            });
            checkEquals(one.get(), 1);
            VirtualThreads.close(executor);
            checkEquals(sum.get(), 2);
            check(executor.isTerminated(), "not terminated");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger count = new AtomicInteger();
            ExecutorService executor = VirtualThreads.executor();
            Runnable increment = () -> count.set(count.get() + 1);
            executor.submit(increment);
            executor.submit(increment);
            VirtualThreads.close(executor);
            checkEquals(count.get(), 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ExecutorService executor = VirtualThreads.executor();
            CountDownLatch never = new CountDownLatch(1);
            executor.submit(() -> {
                never.await();
                return 1;
            });
            VirtualThreads.close(executor);
        });
    }

    @Test
    void durations() {
        survives(() -> {
            long start = System.nanoTime();
            Thread thread = VirtualThreads.start(() -> Thread.sleep(7_200_000));
            VirtualThreads.sleepAndJoin(thread, Duration.ofHours(1));
            long elapsed = System.nanoTime() - start;
            check(elapsed >= 7_200_000_000_000L && elapsed < 7_300_000_000_000L, "took " + elapsed + " ns");
            thread.join();
        });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void structuredConcurrency() {
        survives(() -> {
            try (StructuredScope scope = new StructuredScope()) {
                Supplier<Integer> one = scope.fork(() -> 1);
                Supplier<Integer> two = scope.fork(() -> {
                    Thread.sleep(1_000);
                    return 2;
                });
                scope.join();
                checkEquals(one.get() + two.get(), 3);
            }
        });
        survives(() -> {
            AtomicInteger interrupted = new AtomicInteger();
            try (StructuredScope scope = new StructuredScope()) {
                scope.fork(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    return 1;
                });
                scope.fork(() -> {
                    throw new IllegalStateException("cancels the others");
                });
                Tasks.thrownBy(RuntimeException.class, () -> {
                    scope.join();
                    return null;
                });
            }
            checkEquals(interrupted.get(), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger count = new AtomicInteger();
            Callable<Integer> increment = () -> {
                count.set(count.get() + 1);
                return 1;
            };
            try (StructuredScope scope = new StructuredScope()) {
                scope.fork(increment);
                scope.fork(increment);
                scope.join();
            }
            checkEquals(count.get(), 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            try (StructuredScope scope = new StructuredScope()) {
                scope.fork(() -> {
                    new CountDownLatch(1).await();
                    return 1;
                });
                scope.join();
            }
        });
    }

    @Test
    void executorsOfAThreadPerTask() {
        survives(() -> {
            AtomicInteger sum = new AtomicInteger();
            ExecutorService executor = VirtualThreads.perTask(Thread::new);
            executor.submit(() -> sum.addAndGet(1));
            executor.submit(() -> sum.addAndGet(2));
            VirtualThreads.close(executor);
            checkEquals(sum.get(), 3);
        });
    }

    @Test
    void threadsWithoutANameHaveOneInReports() {
        Failure failure = fails(Failure.Kind.DEADLOCK, () -> {
            ReentrantLock first = new ReentrantLock();
            Object second = new Object();
            Thread one = VirtualThreads.start(() -> {
                first.lock();
                synchronized (second) {
                    first.unlock();
                }
            });
            Thread two = new Thread(
                    Tasks.runnable(() -> {
                        synchronized (second) {
                            first.lock();
                            first.unlock();
                        }
                    }),
                    "");
            two.start();
            one.join();
            two.join();
        });
        assertThat(failure.message())
                .isIn(
                        "Deadlock: virtual thread 1 and thread 2 wait for each other.",
                        "Deadlock: thread 2 and virtual thread 1 wait for each other.");
        assertThat(failure.report())
                .contains(
                        "held by virtual thread 1 (taken at",
                        "held by thread 2 (taken at",
                        "waits for virtual thread 1 to end");
        assertThat(failure.trace()).extracting(TraceStep::threadName).contains("virtual thread 1", "thread 2");
        assertThat(failure.trace())
                .extracting(TraceStep::operation)
                .contains("start virtual thread 1", "start thread 2")
                .noneMatch(operation -> operation.endsWith(" "));
    }
}
