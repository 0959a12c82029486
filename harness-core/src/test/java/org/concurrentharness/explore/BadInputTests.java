package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies and options with which no campaign can go well: each is told in whole sentences, and the next campaign runs. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTests {
    private static Failure failure(CarrierKind carrier, ExplorationBody body) {
        return failure(carrier, UnaryOperator.identity(), body);
    }

    private static Failure failure(CarrierKind carrier, UnaryOperator<Options> change, ExplorationBody body) {
        Exploration result = Explorer.explore(change.apply(Explorations.options(carrier)), body);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        Failure failure = result.failure().orElseThrow();
        assertThat(failure.report()).contains(failure.message());
        nextCampaignRuns(carrier);
        return failure;
    }

    private static void nextCampaignRuns(CarrierKind carrier) {
        Exploration next = Explorer.explore(Explorations.options(carrier).executions(3), () -> {
            AtomicInteger count = new AtomicInteger();
            Tasks.together(count::incrementAndGet, count::incrementAndGet);
            Tasks.checkEquals(count.get(), 2);
        });
        assertThat(next.verdict()).isEqualTo(Verdict.SURVIVED);
    }

    @Test
    void refusesANegativeBudget() {
        assertThatThrownBy(() -> Options.defaults().budget(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("budget must be a positive duration such as \"10s\", but was PT-1S.");
        assertThatThrownBy(() -> Options.defaults().executions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("executions must be at least 1, but was 0.");
        assertThatThrownBy(() -> Options.defaults().preemptions(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("preemptions must be -1 (no bound) or at least 0, but was -2.");
    }

    @OnEachCarrier
    void doesNotCarryOutSystemExit(CarrierKind carrier) {
        Failure failure = failure(carrier, () -> Tasks.together(() -> System.exit(3)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_CONTROLLED);
        assertThat(failure.message())
                .isEqualTo("Thread Thread-0 calls System.exit(3), which would end the test JVM; it was not carried out."
                        + " Replace the call by something that a test can observe.");
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    private static synchronized int endlessWithAMonitor(int depth) {
        return endlessWithAMonitor(depth + 1) + 1;
    }

    @OnEachCarrier
    void reportsAStackOverflow(CarrierKind carrier) {
        Failure failure = failure(carrier, () -> Tasks.together(() -> endless(0)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
        assertThat(failure.message()).isEqualTo("java.lang.StackOverflowError");
    }

    @OnEachCarrier
    void reportsAStackOverflowInTheEngineItself(CarrierKind carrier) {
        Failure failure = failure(
                carrier, options -> options.maxSteps(1_000_000), () -> Tasks.together(() -> endlessWithAMonitor(0)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
        assertThat(failure.message()).isEqualTo("java.lang.StackOverflowError");
    }

    @SuppressWarnings("serial")
    static final class SilentException extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("evil");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("evil too");
        }
    }

    @OnEachCarrier
    void reportsAnExceptionThatCannotBeAskedForItsMessage(CarrierKind carrier) {
        List<ExplorationBody> bodies = List.of(
                () -> {
                    throw new SilentException();
                },
                () -> {
                    Thread thread = new Thread(() -> {
                        throw new SilentException();
                    });
                    thread.start();
                    thread.join();
                },
                () -> {
                    throw new IllegalArgumentException("wrapped", new SilentException());
                });
        String silent =
                SilentException.class.getName() + " (its message is not available: java.lang.IllegalStateException)";
        for (ExplorationBody body : bodies) {
            Failure failure = failure(carrier, body);
            assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
            assertThat(failure.message()).isIn(silent, "java.lang.IllegalArgumentException: wrapped");
            assertThat(failure.report()).contains(silent);
            Failure again = Explorer.replay(failure.replayToken(), Explorations.options(carrier), body)
                    .failure()
                    .orElseThrow();
            assertThat(again.message()).isEqualTo(failure.message());
        }
    }

    static final class SilentOutcome {
        @Override
        public String toString() {
            throw new IllegalStateException("evil");
        }
    }

    @OnEachCarrier
    void failsWhenAnOutcomeCannotBeWrittenDown(CarrierKind carrier) {
        ExplorationCall<SilentOutcome> body = SilentOutcome::new;
        Exploration result = Explorer.explore(Explorations.options(carrier), body);
        Failure failure = result.failure().orElseThrow();
        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
        assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: evil");
        assertThat(failure.report()).contains("SilentOutcome.toString(BadInputTests.java:");
        assertThat(failure.replayToken()).isNotEmpty();
    }

    @OnEachCarrier
    void reportsThatMemoryRanOut(CarrierKind carrier) {
        Failure failure = failure(
                carrier,
                () -> Tasks.together(() -> {
                    List<long[]> all = new ArrayList<>();
                    while (all.size() < Integer.MAX_VALUE) {
                        all.add(new long[Integer.MAX_VALUE - 8]);
                    }
                }));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.EXCEPTION);
        assertThat(failure.message()).startsWith("java.lang.OutOfMemoryError: Java heap space");
    }

    private static int loops;
    private static boolean never;
    private static volatile boolean neverVolatile;

    @OnEachCarrier
    void endsABodyThatNeverEnds(CarrierKind carrier) {
        String message =
                "The execution did not end within 200 steps. Either its threads wait for each other in a loop, or it is"
                        + " just long: raise maxSteps then.";
        List<ExplorationBody> bodies = List.of(
                () -> {
                    while (!never) {
                        loops++;
                    }
                },
                () -> {
                    while (!never) {}
                },
                () -> {
                    while (!neverVolatile) {}
                },
                () -> {
                    while (!never) {
                        Thread.yield();
                    }
                });
        for (ExplorationBody body : bodies) {
            Failure failure = failure(carrier, options -> options.maxSteps(200), body);
            assertThat(failure.kind()).isEqualTo(Failure.Kind.LIVELOCK);
            assertThat(failure.message()).isEqualTo(message);
        }
    }

    /** Waits where nothing can be scheduled. */
    static final class Blocking {
        static final int VALUE;

        static {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            VALUE = 1;
        }
    }

    @OnEachCarrier
    void saysThatAClassInitialiserBlocks(CarrierKind carrier) {
        Failure failure = failure(carrier, () -> Tasks.together(() -> Tasks.checkEquals(Blocking.VALUE, 1)));
        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_CONTROLLED);
        assertThat(failure.message())
                .matches("Thread Thread-0 parks inside a class initialiser, at"
                        + " org\\.concurrentharness\\.explore\\.BadInputTests\\$Blocking\\.<clinit>\\(BadInputTests\\.java:\\d+\\)\\."
                        + " The JVM lets no other thread use that class until its initialiser has ended, so nothing can be"
                        + " scheduled meanwhile\\. Move the waiting out of the static initialiser\\.");
    }

    @OnEachCarrier
    void saysThatAThreadBlocksInASocket(CarrierKind carrier) {
        Failure failure = failure(carrier, () -> {
            try (ServerSocket socket = new ServerSocket(0)) {
                socket.setSoTimeout(7_000); // real time, so that the thread that is left behind ends
                socket.accept();
            }
        });
        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_CONTROLLED);
        assertThat(failure.message())
                .matches(
                        "Thread main has blocked for \\d+ s where the harness cannot schedule: in sun\\.nio\\.ch\\.\\S+\\([^)]*\\),"
                                + " called at org\\.concurrentharness\\.explore\\.BadInputTests\\.\\S+\\(BadInputTests\\.java:\\d+\\)\\."
                                + " Native code, sockets, files, class initialisers and locks of code outside the campaign cannot be"
                                + " controlled: replace them in this test by something in memory, move the package into the campaign with"
                                + " inside = \"\\.\\.\\.\", or test it with real threads\\.");
    }

    @OnEachCarrier
    void aThreadThatWasLeftBehindDisturbsNoOtherCampaign(CarrierKind carrier) {
        String key = "bad-input-tests.resumed";
        System.clearProperty(key);
        try {
            failure(carrier, () -> {
                try (ServerSocket socket = new ServerSocket(0)) {
                    socket.setSoTimeout(7_000);
                    socket.accept();
                } finally {
                    System.setProperty(key, "true"); // seen by all class loaders
                }
            });
            int campaignsSince = 0;
            while (campaignsSince < 50) {
                nextCampaignRuns(carrier);
                if (System.getProperty(key) != null) {
                    campaignsSince++;
                }
            }
        } finally {
            System.clearProperty(key);
        }
    }

    @OnEachCarrier
    void saysWhereAReplayDiverges(CarrierKind carrier) {
        Options options = Explorations.options(carrier);
        ExplorationBody racy = () -> {
            AtomicInteger count = new AtomicInteger();
            Tasks.Task increment = () -> count.set(count.get() + 1);
            Tasks.together(increment, increment);
            Tasks.checkEquals(count.get(), 2);
        };
        String token = Explorer.explore(options.executions(1_000), racy)
                .failure()
                .orElseThrow()
                .replayToken();
        ReplayToken found = ReplayToken.parse(token, name(racy));
        String longer = ReplayToken.of(name(racy), options, found.seed(), new int[] {0, 1}, new int[] {7, 8}, 9)
                .toString();

        Failure failure = Explorer.replay(longer, options, racy).failure().orElseThrow();

        assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_CONTROLLED);
        assertThat(failure.message())
                .matches(
                        "The replay diverged from the recorded schedule at step \\d+: thread 7 could not run there, and nothing"
                                + " failed\\. The code, its libraries or the JDK are not those that the token was made with; remove the"
                                + " replay token to explore again\\.");
        nextCampaignRuns(carrier);
    }

    private static String name(ExplorationBody body) {
        return BodyTransfer.of(body, new SharedPackages(List.of(), List.of())).name();
    }

    @OnEachCarrier
    void refusesACampaignInsideACampaign(CarrierKind carrier) {
        Failure failure = failure(carrier, () -> Explorer.explore(() -> {}));
        assertThat(failure.message()).isEqualTo("java.lang.IllegalStateException: " + Messages.NESTED);
    }
}
