package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HangTests {
    private static final StressOptions SHORT = StressOptions.defaults().timeout(Duration.ofMillis(300));

    private static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void assertOneRound(StressResult result) {
        assertThat(result.rounds()).isEqualTo(1);
        assertThat(result.failures()).isEqualTo(1);
        assertThat(result.cause()).isEmpty();
        assertThat(result.seen()).containsExactly(new StressResult.Seen("(hung)", 1, Expect.FORBIDDEN, ""));
        assertThat(result.tried()).first().isEqualTo(new StressResult.Tried(Start.ALIGNED, 1, 1));
        assertThat(result.hang()).get().asString().endsWith("were interrupted and have ended.");
    }

    @Test
    void anArbiterThatHangsIsOneRound() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", state -> {})
                .actor("b", state -> {})
                .arbiter(state -> hang())
                .options(SHORT.rounds(1))
                .run();

        assertOneRound(result);
        assertThat(result.report())
                .startsWith("Round 1 hangs: its arbiter did not end within 0.3 s.\nProbability")
                .contains("\nThe first failure: round 1, aligned start, hang in the arbiter\n")
                .contains("\nThread a, in the arbiter of round 1, WAITING on ")
                .contains("\nThread b, has ended its part of round 1, ");
    }

    @Test
    void whatFollowsARoundMayHang() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", state -> {})
                .after(state -> hang())
                .options(SHORT)
                .run();

        assertOneRound(result);
        assertThat(result.report())
                .startsWith("Round 1 hangs: what follows it (after, @AfterEach) did not end within 0.3 s.\n")
                .contains("\nThe first failure: round 1, aligned start, hang after the round\n")
                .contains("\nThread a, ending round 1, after the arbiter, WAITING on ");
    }

    @Test
    void aRoundMayHangBeforeItBegins() throws Exception {
        StressResult result = Stress.of(() -> {
                    hang();
                    return "state";
                })
                .actor("a", state -> {})
                .actor("b", state -> {})
                .options(SHORT)
                .run();

        assertOneRound(result);
        assertThat(result.report())
                .startsWith("Round 1 hangs: its state (constructor, @BeforeEach) was not made within 0.3 s.\n")
                .contains("\nThe first failure: round 1, aligned start, hang before the round\n")
                .contains("\nThread a, preparing round 1, WAITING on ")
                .contains("\nThread b, before its part of round 1, ");
    }

    @Test
    void theRoundIsThatOfTheThreadsAlsoInsideOfABatch() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        StressResult result = Stress.of(Object::new)
                .actor("a", state -> {
                    if (rounds.incrementAndGet() == 15) {
                        hang();
                    }
                })
                .actor("b", state -> {})
                .options(SHORT)
                .run();

        assertThat(result.report())
                .startsWith("Round 15 hangs: it did not end within 0.3 s.\n")
                .contains("\nThe first failure: round 15, ")
                .contains("\nThread a, in round 15, WAITING on ");
    }

    @Test
    void roundsThatEndedBeforeTheHungOneInItsBatchAreTold() {
        Tally tally = new Tally(List.of());
        for (int i = 0; i < 4; i++) {
            tally.ended("", Start.ALIGNED);
        }
        Hang hang = new Hang(Leading.Stage.PLAYING, 7, Start.ALIGNED);
        tally.hung(hang);
        tally.ended("", Start.ALIGNED);

        assertThat(tally.rounds()).isEqualTo(5);
        assertThat(StressReport.of(
                        Stress.of(Object::new),
                        tally,
                        1,
                        Duration.ofSeconds(1),
                        Optional.of(hang),
                        Optional.of("what threads do")))
                .startsWith("Round 7 hangs: it did not end within 10.0 s.\n"
                        + "Not judged and not counted: the rounds of its batch that ended before it, which are 2.\n")
                .contains("The first failure: round 7, aligned start, hang\nwhat threads do\n");
    }
}
