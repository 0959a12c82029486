package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadTests {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final LoadOptions COLD =
            LoadOptions.defaults().warmup(Duration.ZERO).duration(SHORT);

    @Test
    void callsInAClosedLoopAndCountsEveryCall() throws Throwable {
        AtomicInteger calls = new AtomicInteger();
        Set<Integer> threads = ConcurrentHashMap.newKeySet();

        LoadResult result = Load.of("count", thread -> {
                    calls.incrementAndGet();
                    threads.add(thread);
                })
                .options(COLD.threads(3))
                .run();

        assertThat(threads).isSubsetOf(0, 1, 2).isNotEmpty();
        assertThat(result.operations()).isPositive().isEqualTo(calls.get());
        assertThat(result.latencies().count()).isEqualTo(result.operations());
        assertThat(result.serviceTimes()).isSameAs(result.latencies());
        // what was begun in time and ended too late
        assertThat(result.operations() - result.completed()).isBetween(0L, 3L);
        assertThat(result.throughput()).isEqualTo(result.completed() / 0.2);
        assertThat(result.elapsed()).isEqualTo(SHORT);
        assertThat(result.seconds())
                .satisfiesExactly(second -> assertThat(second.operations()).isEqualTo(result.operations()));
        assertThat(result.errors()).isZero();
        assertThat(result.orThrow(LoadLimits.none().errors(0).minThroughput(1))).isSameAs(result);
    }

    @Test
    void doesNotCountTheWarmUp() throws Throwable {
        AtomicInteger calls = new AtomicInteger();

        LoadResult result = Load.of("count", thread -> calls.incrementAndGet())
                .options(COLD.warmup(SHORT))
                .run();

        assertThat(result.operations()).isPositive().isLessThan(calls.get());
        assertThat(result.latencies().count()).isEqualTo(result.operations());
    }

    @Test
    void countsWhatFails() throws Throwable {
        AtomicInteger calls = new AtomicInteger();

        LoadResult result = Load.of("fails", thread -> {
                    int call = calls.incrementAndGet();
                    if (call % 10 == 0) {
                        throw call % 100 == 0
                                ? new IllegalStateException("hundredth")
                                : new java.io.IOException("tenth");
                    }
                })
                .options(COLD.rate(10_000).threads(2))
                .run();

        assertThat(result.operations()).isEqualTo(2_000);
        long begun = 2_000 - result.notStarted();
        assertThat(calls).hasValue((int) begun);
        assertThat(result.errors()).isEqualTo(begun / 10);
        assertThat(result.failures())
                .extracting(LoadResult.Thrown::type, LoadResult.Thrown::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("java.io.IOException", begun / 10 - begun / 100),
                        org.assertj.core.groups.Tuple.tuple("java.lang.IllegalStateException", begun / 100));
        assertThatExceptionOfType(LoadFailure.class)
                .isThrownBy(() -> result.orThrow(LoadLimits.none().errors(0.001)))
                .withMessageContaining("of the calls failed (")
                .withMessageContaining("); at most 0.10 % may.")
                .withMessageContaining("java.io.IOException: tenth")
                .withCauseInstanceOf(java.io.IOException.class);
    }

    /** What was due while one call was slow shows how long it would have had to wait, and not only how long its own call took. */
    @Test
    void countsLatenciesFromWhenCallsWereDue() throws Throwable {
        AtomicInteger calls = new AtomicInteger();

        LoadResult result = Load.of("stalls once", thread -> {
                    if (calls.incrementAndGet() == 100) {
                        last(Duration.ofMillis(200));
                    }
                })
                .options(COLD.duration(Duration.ofSeconds(1)).rate(1_000))
                .run();

        assertThat(result.operations()).isEqualTo(1_000);
        assertThat(result.latencies().count()).isEqualTo(1_000);
        // 200 calls were due in the stall, the first 100 of them waited for 100 ms at least
        assertThat(countFrom(result.latencies(), 100)).isGreaterThanOrEqualTo(99);
        assertThat(countFrom(result.serviceTimes(), 100)).isLessThan(countFrom(result.latencies(), 100));
        assertThat(result.latencies().at(95)).isGreaterThan(Duration.ofMillis(100));
        assertThat(result.report()).contains("open loop, 1,000/s by 1 thread").contains(", from when they were due");
    }

    private static long countFrom(Latencies latencies, long millis) {
        long below = latencies.distribution().stream()
                .filter(point -> point.nanos() < Duration.ofMillis(millis).toNanos())
                .mapToLong(Latencies.Point::count)
                .max()
                .orElse(0);
        return latencies.count() - below;
    }

    @Test
    void countsWhatCouldNotBeBegun() throws Throwable {
        LoadResult result = Load.of("too slow", thread -> last(SHORT.multipliedBy(2)))
                .options(COLD.rate(1_000))
                .run();

        assertThat(result.operations()).isEqualTo(200);
        assertThat(result.notStarted()).isEqualTo(199);
        assertThat(result.completed()).isZero();
        assertThat(result.latencies().count()).isEqualTo(200);
        assertThat(result.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith(
                                "199 operations that were due were not begun, since the only thread was busy: the rate of"
                                        + " 1,000/s was not reached."));
    }

    @Test
    void failsWhenItMissesItsRateByMuch() throws Throwable {
        LoadResult result = Load.of("too slow", thread -> last(SHORT.multipliedBy(2)))
                .options(COLD.rate(1_000))
                .run();

        assertThatExceptionOfType(LoadFailure.class)
                .isThrownBy(() -> result.orThrow(LoadLimits.none()))
                .withMessageStartingWith(
                        "199 of 200 operations that were due (99.5 %) were not begun, since the only thread was busy: the rate of"
                                + " 1,000/s was not reached. Add threads, lower the rate, or let minThroughput say what is enough.\n");
    }

    /** Only what was called can fail. */
    @Test
    void countsErrorsAmongTheCallsThatWereMade() throws Throwable {
        AtomicInteger calls = new AtomicInteger();
        LoadResult result = Load.of("each second fails", thread -> {
                    last(Duration.ofMillis(10));
                    if (calls.incrementAndGet() % 2 == 0) {
                        throw new IllegalStateException("each second");
                    }
                })
                .options(COLD.rate(10_000))
                .run();

        assertThat(result.notStarted()).isGreaterThan(1_900);
        assertThat(result.calls()).isEqualTo(calls.get()).isEqualTo(2_000 - result.notStarted());
        assertThat(result.errorShare()).isEqualTo((double) (calls.get() / 2) / calls.get());
        assertThat(result.report()).contains("(" + calls.get() / 2 + " of " + calls + " calls)\n");
        assertThat(result.seconds())
                .as("what was not begun did not end either")
                .satisfiesExactly(second -> assertThat(second.operations()).isEqualTo(calls.get()));
        assertThatExceptionOfType(LoadFailure.class)
                .isThrownBy(() -> result.orThrow(LoadLimits.none().errors(0.2).minThroughput(0.1)))
                .withMessageContaining(
                        " of the calls failed (" + calls.get() / 2 + " of " + calls + "); at most 20 % may.");
    }

    /** The operation itself takes that long; nobody waits for something here. */
    private static void last(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Test
    void tellsWhatAnOperationHangsIn() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);

        LoadResult result = Load.of("hangs", thread -> {
                    if (thread == 1) {
                        never.await();
                    }
                })
                .options(COLD.threads(2).duration(Duration.ofHours(1)).timeout(Duration.ofMillis(100)))
                .run();

        assertThat(result.hang())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Thread load 2, in an operation for ")
                        .contains("WAITING on java.util.concurrent.CountDownLatch$Sync")
                        .contains("LoadTests.lambda$tellsWhatAnOperationHangsIn")
                        .doesNotContain("load 1")
                        .endsWith("The threads were interrupted and have ended."));
        assertThat(result.operations()).isPositive();
        assertThatExceptionOfType(LoadFailure.class)
                .isThrownBy(() -> result.orThrow(LoadLimits.none()))
                .withMessageStartingWith(
                        "An operation did not end within 100 ms. What the threads did:\nThread load 2, in")
                .satisfies(failure -> assertThat(failure.result()).isSameAs(result));
        assertNoThreadsLeft();
    }

    @Test
    void saysThatAnOperationHungInTheWarmUpAndNothingAboutFigures() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);

        LoadResult result = Load.of("hangs", thread -> never.await())
                .options(COLD.warmup(Duration.ofHours(1)).timeout(Duration.ofMillis(100)))
                .run();

        assertThat(result.elapsed()).isZero();
        assertThat(result.notes()).isEmpty();
        assertThat(result.seconds()).isEmpty();
        assertThat(result.report()).isEqualTo("""
                hangs: closed loop, 1 thread, 200 ms after 3,600 s of warm-up
                  Nothing was measured: an operation hung in the warm-up.""");
        assertThat(result.violations(LoadLimits.none().errors(0).minThroughput(1)))
                .singleElement()
                .asString()
                .startsWith(
                        "An operation did not end within 100 ms, in the warm-up. What the threads did:\nThread load 1, in");
        assertNoThreadsLeft();
    }

    /** It was begun in the warm-up, so that none was begun later. */
    @Test
    void saysOfAnOperationThatHangsOverTheEndOfTheWarmUpOnlyThatItHangs() throws Throwable {
        CountDownLatch never = new CountDownLatch(1);

        LoadResult result = Load.of("hangs", thread -> never.await())
                .options(COLD.warmup(Duration.ofMillis(300))
                        .duration(Duration.ofHours(1))
                        .timeout(Duration.ofMillis(700)))
                .run();

        assertThat(result.elapsed()).isPositive();
        assertThat(result.operations()).isZero();
        assertThat(result.notes()).noneMatch(note -> note.contains("No operation was begun"));
        assertThat(result.violations(LoadLimits.none().errors(0)))
                .singleElement()
                .asString()
                .startsWith("An operation did not end within 700 ms. What the threads did:");
    }

    @Test
    void leavesBehindWhatCannotBeInterrupted() throws Throwable {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> left = Collections.synchronizedList(new ArrayList<>());
        try {
            LoadResult result = Load.of("deaf", thread -> {
                        left.add(Thread.currentThread());
                        boolean interrupted = true;
                        while (interrupted) {
                            try {
                                end.await();
                                interrupted = false;
                            } catch (InterruptedException e) {
                                interrupted = true;
                            }
                        }
                    })
                    .options(COLD.timeout(Duration.ofMillis(50)))
                    .run();

            assertThat(result.hang().orElseThrow())
                    .endsWith("The threads were interrupted; load 1 did not end and was left behind as a daemon.");
        } finally {
            end.countDown();
        }
        for (Thread thread : left) {
            thread.join();
        }
    }

    @Test
    void isEndedByWhatItIsToldToBe() {
        AtomicInteger calls = new AtomicInteger();
        IllegalStateException assumption = new IllegalStateException("does not hold");

        Throwable thrown = catchThrowable(() -> Load.of("assumes", thread -> {
                    calls.incrementAndGet();
                    throw assumption;
                })
                .options(COLD.duration(Duration.ofHours(1)))
                .endedBy(IllegalStateException.class::isInstance)
                .run());

        assertThat(thrown).isSameAs(assumption);
        assertThat(calls).hasValue(1);
        assertNoThreadsLeft();
    }

    @Test
    void endsWhenItsCallerIsInterrupted() {
        Thread caller = Thread.currentThread();

        Throwable thrown = catchThrowable(() -> Load.of("interrupts", thread -> caller.interrupt())
                .options(COLD.duration(Duration.ofHours(1)).threads(2))
                .run());

        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertNoThreadsLeft();
    }

    @Test
    void doesNotLetOneOperationInterruptTheNext() throws Throwable {
        LoadResult result = Load.of("interrupts itself", thread -> {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    Thread.currentThread().interrupt();
                })
                .options(COLD.rate(100))
                .run();

        assertThat(result.operations()).isEqualTo(20);
        assertThat(result.failures()).isEmpty();
    }

    private static void assertNoThreadsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread instanceof LoadWorker && thread.isAlive())
                .allSatisfy(thread -> thread.join());
    }
}
