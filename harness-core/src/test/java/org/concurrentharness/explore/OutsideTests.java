package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.options;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.outside.OutsidePool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Managed threads that wait for threads from outside the campaign. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutsideTests {
    private static final int EXECUTIONS = Explorations.THOROUGH ? 300 : 50;

    @BeforeAll
    static void share() {
        System.setProperty("harness.shared", "org.concurrentharness.outside");
        OutsidePool.start();
    }

    @AfterAll
    static void unshare() {
        System.clearProperty("harness.shared");
        OutsidePool.stop();
    }

    @OnEachCarrier
    void aPoolFromOutsideCompletesAFuture(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).executions(EXECUTIONS), () -> {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            OutsidePool.execute(() -> future.complete(1));
            return future.get();
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("1");
    }

    @OnEachCarrier
    void whomAThreadFromOutsideWakesComesAfterAllThatWasDone(CarrierKind carrier) {
        Explorer.explore(options(carrier).executions(EXECUTIONS).dataRaces(DataRaces.FAIL), () -> {
                    int[] handed = new int[1];
                    CountDownLatch latch = new CountDownLatch(1);
                    Thread reader = new Thread(() -> {
                        try {
                            latch.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        if (handed[0] != 1) {
                            throw new AssertionError("not handed over");
                        }
                    });
                    reader.start();
                    handed[0] = 1;
                    OutsidePool.executeWhenWaiting(reader, latch::countDown);
                    reader.join();
                })
                .orThrow();
    }

    @OnEachCarrier
    void severalThreadsWaitForThePool(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).executions(EXECUTIONS), () -> {
            CountDownLatch latch = new CountDownLatch(2);
            AtomicInteger woken = new AtomicInteger();
            Tasks.Task task = () -> {
                OutsidePool.execute(latch::countDown);
                latch.await();
                woken.incrementAndGet();
            };
            Tasks.together(task, task);
            return woken.get();
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("2");
    }

    @OnEachCarrier
    void aThreadFromOutsideInterrupts(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).executions(EXECUTIONS), () -> {
            Thread self = Thread.currentThread();
            OutsidePool.execute(self::interrupt);
            try {
                new CountDownLatch(1).await();
                return "went on";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("interrupted");
    }

    @OnEachCarrier
    void whatNobodyCompletesIsStillADeadlock(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).executions(3), () -> {
            CompletableFuture<Integer> future = new CompletableFuture<>();
            OutsidePool.execute(() -> {});
            future.get();
        });
        assertThat(result.failure().map(Failure::kind)).contains(Failure.Kind.DEADLOCK);
    }

    @OnEachCarrier
    void aThreadFromOutsideNotifies(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).executions(EXECUTIONS), () -> {
            Object lock = new Object();
            AtomicInteger ready = new AtomicInteger();
            OutsidePool.execute(() -> {
                ready.set(1);
                synchronized (lock) {
                    lock.notify();
                }
            });
            synchronized (lock) {
                while (ready.get() == 0) {
                    lock.wait();
                }
            }
            return ready.get();
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys("1");
    }

    @OnEachCarrier
    void aPoolFromOutsideRunsWhatIsGivenToIt(CarrierKind carrier) {
        // the campaign's code on a thread that is not managed: it runs for real
        Exploration result = Explorer.explore(options(carrier).executions(EXECUTIONS), () -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            Object lock = new Object();
            OutsidePool.execute(() -> {
                synchronized (lock) {
                    lock.notifyAll();
                }
                future.complete(Thread.currentThread().getName());
            });
            return future.get();
        });
        result.orThrow();
        assertThat(result.outcomes()).containsOnlyKeys(OutsidePool.NAME);
    }
}
