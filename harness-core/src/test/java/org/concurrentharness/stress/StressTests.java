package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StressTests {
    private static final StressOptions HUNT =
            StressOptions.defaults().duration(Duration.ofSeconds(60)).stopAtFailure(true);

    /** Loses updates. */
    private static final class Counter {
        private volatile int count;

        int next() {
            int next = count + 1;
            Stress.mayYield();
            count = next;
            return next;
        }
    }

    private static Stress<Counter> counting() {
        return Stress.of(Counter::new)
                .actor("one", (counter, outcomes) -> outcomes.add(counter.next()))
                .actor("two", (counter, outcomes) -> outcomes.add(counter.next()));
    }

    @Test
    void findsAForbiddenOutcome() throws Exception {
        StressResult result = counting()
                .options(HUNT.seed(7))
                .expect("1, 2|2, 1", Expect.ACCEPTABLE, "one after the other")
                .expect("1, 1", Expect.FORBIDDEN, "an update is lost")
                .run();

        assertThat(result.failures()).isPositive();
        assertThat(result.seen().get(0))
                .returns("1, 1", StressResult.Seen::outcome)
                .returns(Expect.FORBIDDEN, StressResult.Seen::expect)
                .returns("an update is lost", StressResult.Seen::description);
        assertThat(result.seed()).isEqualTo(7);
        assertThatExceptionOfType(StressFailure.class)
                .isThrownBy(result::orThrow)
                .withMessageMatching("(?s)[\\d,]+ of [\\d,]+ rounds failed\n"
                        + "Probability of failure: [\\d.]+ %; with 95 % confidence [\\d.]+ % to [\\d.]+ % \\(Wilson score interval\\)\n"
                        + ".*1, 1 .* forbidden +an update is lost\n.*aligned .*skewed .*oversubscribed .*"
                        + "The first failure: round [\\d,]+, (aligned|skewed|oversubscribed) start, outcome 1, 1\n"
                        + ".*2 threads \\(one, two\\), seed 7, .*");
    }

    @Test
    void countsEveryRoundOnce() throws Exception {
        StressResult result = Stress.of(AtomicInteger::new)
                .actor("one", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
                .actor("two", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
                .actor("three", (counter, outcomes) -> outcomes.add(counter.incrementAndGet()))
                .arbiter((counter, outcomes) -> outcomes.add("all " + counter.get()))
                .options(StressOptions.defaults().rounds(10_001))
                .run()
                .orThrow();

        assertThat(result.rounds()).isEqualTo(10_001);
        assertThat(result.failures()).isZero();
        assertThat(result.seen())
                .allMatch(seen -> seen.outcome().matches("(1, 2|2, 1|1, 3|3, 1|2, 3|3, 2), [123], all 3"))
                .extracting(StressResult.Seen::count)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(10_001));
        assertThat(result.tried()).extracting(StressResult.Tried::rounds).allMatch(rounds -> rounds > 0);
    }

    @Test
    void anOutcomeThatNobodyExpectsFails() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", (state, outcomes) -> outcomes.add("x"))
                .expect("y", Expect.ACCEPTABLE, "")
                .options(StressOptions.defaults().rounds(10))
                .run();

        assertThat(result.failures()).isEqualTo(10);
        assertThat(result.report())
                .contains("x            10  100 %  forbidden  expected by none")
                .contains("\n1 thread (a), seed ");
        assertThat(result.probability().high()).isEqualTo(1);
    }

    @Test
    void anEmptyOutcomeHasOneName() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", state -> {})
                .expect("y", Expect.ACCEPTABLE, "")
                .options(StressOptions.defaults().rounds(3))
                .run();

        assertThat(result.report())
                .contains("(nothing put)       3  100 %  forbidden  expected by none")
                .contains("The first failure: round 1, aligned start, outcome (nothing put)\n");
    }

    @Test
    void anOutcomeWithoutATextFailsItsRound() throws Exception {
        Object bad = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        Stress<Object> stress = Stress.of(Object::new)
                .actor("a", (state, outcomes) -> outcomes.add("x"))
                .options(StressOptions.defaults().rounds(3));

        StressResult ofActor =
                stress.actor("b", (state, outcomes) -> outcomes.add(bad)).run();
        assertThat(ofActor.failures()).isEqualTo(3);
        assertThat(ofActor.report())
                .contains(
                        "toString() of what actor b put threw java.lang.IllegalStateException       3  100 %  forbidden")
                .contains("The first failure: round 1, aligned start, toString() of what actor b put\n"
                        + "java.lang.IllegalStateException: no text\n");
        assertThat(stress.arbiter((state, outcomes) -> outcomes.add(bad)).run().report())
                .contains("The first failure: round 1, aligned start, toString() of what the arbiter put\n");
    }

    @Test
    void anInterestingOutcomePasses() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", (state, outcomes) -> outcomes.add(null))
                .expect("null", Expect.INTERESTING, "rare")
                .options(StressOptions.defaults().rounds(10))
                .run()
                .orThrow();

        assertThat(result.seen()).containsExactly(new StressResult.Seen("null", 10, Expect.INTERESTING, "rare"));
    }

    @Test
    void whatAnActorThrowsFails() throws Exception {
        StressResult result = Stress.of(AtomicInteger::new)
                .actor("good", state -> {})
                .actor("bad", state -> {
                    throw new IllegalStateException("broken");
                })
                .options(StressOptions.defaults().rounds(5))
                .run();

        assertThat(result.failures()).isEqualTo(5);
        assertThat(result.cause()).get().isInstanceOf(IllegalStateException.class);
        assertThat(result.report())
                .contains("bad threw java.lang.IllegalStateException")
                .contains(
                        "The first failure: round 1, aligned start, actor bad\njava.lang.IllegalStateException: broken\n");
    }

    @Test
    void whatTheArbiterThrowsFails() throws Exception {
        StressResult result = Stress.of(AtomicInteger::new)
                .actor("a", AtomicInteger::incrementAndGet)
                .arbiter(state -> assertThat(state.get()).isEqualTo(2))
                .options(StressOptions.defaults().rounds(5).stopAtFailure(true))
                .run();

        assertThat(result.failures()).isEqualTo(result.rounds());
        assertThat(result.cause()).get().isInstanceOf(AssertionError.class);
        assertThat(result.report()).contains("arbiter threw ").contains("start, arbiter\n");
    }

    @Test
    void endsEveryRoundWhetherItFailedOrNot() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        Stress<AtomicInteger> stress = Stress.of(AtomicInteger::new)
                .actor("a", state -> assertThat(state.get()).isEqualTo(1))
                .after(state -> ended.incrementAndGet())
                .options(StressOptions.defaults().rounds(5));
        assertThat(stress.run().failures()).isEqualTo(5);
        assertThat(ended).hasValue(5);

        StressResult result = Stress.of(AtomicInteger::new)
                .actor("a", state -> {})
                .after(state -> {
                    throw new IllegalStateException("cannot close");
                })
                .options(StressOptions.defaults().rounds(5))
                .run();
        assertThat(result.report()).contains("start, after the round\njava.lang.IllegalStateException: cannot close");
    }

    @Test
    void tellsWhatAllThreadsDoWhenARoundHangs() throws Exception {
        AtomicBoolean released = new AtomicBoolean();
        StressResult result = Stress.of(() -> new CountDownLatch(1))
                .actor("waits", latch -> latch.await())
                .actor("spins", latch -> {
                    while (!released.get()) {
                        Thread.onSpinWait();
                    }
                })
                .actor("ends", latch -> {})
                .options(StressOptions.defaults().timeout(Duration.ofMillis(300)))
                .run();
        released.set(true);

        assertThat(result.rounds()).isEqualTo(1);
        assertThat(result.failures()).isEqualTo(1);
        assertThat(result.hang().orElseThrow())
                .contains("Thread waits, in round 1, WAITING on java.util.concurrent.CountDownLatch")
                .contains("CountDownLatch.await")
                .contains("Thread spins, in round 1, RUNNABLE")
                .contains("Thread ends, has ended its part of round 1, ")
                .endsWith(
                        "The threads of the round were interrupted; spins did not end and was left behind as a daemon.");
        assertThat(result.report())
                .startsWith("Round 1 hangs: it did not end within 0.3 s.\n")
                .contains("\n3 threads (waits, spins, ends), seed ");
        assertThatExceptionOfType(StressFailure.class).isThrownBy(result::orThrow);
    }

    @Test
    void tellsWhoHoldsWhatInADeadlock() throws Exception {
        record Locks(Object first, Object second, CountDownLatch both) {}
        StressResult result = Stress.of(() -> new Locks(new Object(), new Object(), new CountDownLatch(2)))
                .actor("there", locks -> lock(locks.first(), locks.second(), locks.both()))
                .actor("back", locks -> lock(locks.second(), locks.first(), locks.both()))
                .options(StressOptions.defaults().timeout(Duration.ofMillis(300)))
                .run();

        assertThat(result.hang().orElseThrow())
                .containsPattern("Thread there, in round 1, BLOCKED on java.lang.Object@\\w+, which back holds")
                .containsPattern("Thread back, in round 1, BLOCKED on java.lang.Object@\\w+, which there holds");
    }

    private static void lock(Object outer, Object inner, CountDownLatch both) throws InterruptedException {
        synchronized (outer) {
            both.countDown();
            both.await();
            synchronized (inner) {
                assertThat(outer).isNotSameAs(inner);
            }
        }
    }

    @Test
    void aStateThatCannotBeMadeIsNoFailureOfARound() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Stress.of(() -> {
                            throw new java.io.IOException("no file");
                        })
                        .actor("a", state -> {})
                        .run())
                .withMessage("The state of a round cannot be made: java.io.IOException: no file")
                .withCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void endsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> counting().run());
    }

    @Test
    void aSeedRepeatsTheSkews() {
        assertThat(skews(1)).isEqualTo(skews(1)).isNotEqualTo(skews(2));
        assertThat(LongStream.of(skews(1)).max().orElseThrow()).isBetween(1L, 5_000L);
    }

    private static long[] skews(long seed) {
        Turns turns = new Turns(
                StressOptions.defaults().rounds(18).maxSkew(Duration.ofNanos(5_000)), new SplittableRandom(seed));
        Batch<?> batch = turns.next(1, 2, 0, 0);
        for (int number = 2; batch.start != Start.SKEWED; number++) {
            batch = turns.next(number, 2, 0, 0);
        }
        return batch.delays;
    }

    /** Rounds of the oversubscribed start take longest, and would otherwise take most of the time as well. */
    @Test
    void startsHaveTheSameTimeHoweverLongTheirRoundsAre() {
        Turns turns = new Turns(StressOptions.defaults(), new SplittableRandom(1));
        Map<Start, Long> millis = new EnumMap<>(Start.class);
        for (int number = 1; number <= 100; number++) {
            Batch<?> batch = turns.next(number, 2, 0, 0);
            long took = batch.start == Start.OVERSUBSCRIBED ? 120 : 40;
            millis.merge(batch.start, took, Long::sum);
            turns.took(batch, took * 1_000_000, took * 1_000_000);
        }

        assertThat(millis).hasSize(3);
        assertThat(Collections.max(millis.values()) - Collections.min(millis.values()))
                .isLessThanOrEqualTo(120);
    }

    @Test
    void onlyItsThreadsPutOutcomes() {
        Outcomes outcomes = Outcomes.ofCallingThread();

        assertThatIllegalStateException()
                .isThrownBy(() -> outcomes.add(1))
                .withMessage("Outcomes are added by the threads that a stress test starts, not by "
                        + Thread.currentThread().getName() + "; hand the value to one of them.");
        Stress.mayYield(); // does nothing here
    }

    @Test
    void refusesWhatIsImpossible() {
        StressOptions options = StressOptions.defaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.rounds(-1))
                .withMessage("rounds must not be negative, but was -1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.timeout(Duration.ZERO))
                .withMessage("timeout must be positive, but was PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.duration(Duration.ofSeconds(-1)))
                .withMessage("duration must not be negative, but was PT-1S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.maxSkew(Duration.ofSeconds(-1)))
                .withMessage("maxSkew must not be negative, but was PT-1S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counting().expect("(", Expect.ACCEPTABLE, ""))
                .withMessage("The outcome \"(\" is no regular expression: Unclosed group.");
        assertThatIllegalStateException()
                .isThrownBy(() -> Stress.of(Object::new).run())
                .withMessage("A stress test needs actors; add them by actor(name, action).");
    }
}
