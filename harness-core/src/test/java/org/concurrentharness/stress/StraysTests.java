package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What threads throw that were started in rounds. */
class StraysTests {
    private static final StressOptions FEW = StressOptions.defaults().rounds(5);

    private static Thread throwing(String name) {
        return new Thread(
                () -> {
                    throw new IllegalStateException("in the background");
                },
                name);
    }

    @Test
    void failTheRoundThatStartedThem() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("quiet", state -> {})
                .actor("starts", state -> {
                    Thread thread = throwing("stray");
                    thread.start();
                    thread.join();
                })
                .options(FEW)
                .run();

        assertThat(result.rounds()).isEqualTo(5);
        assertThat(result.failures()).isEqualTo(5);
        assertThat(result.cause()).get().isInstanceOf(IllegalStateException.class);
        assertThat(result.seen())
                .contains(
                        new StressResult.Seen(
                                "a thread that actor starts started threw java.lang.IllegalStateException",
                                5,
                                Expect.FORBIDDEN,
                                ""),
                        new StressResult.Seen("", 5, Expect.ACCEPTABLE, ""));
        assertThat(result.tried()).allMatch(tried -> tried.failures() == tried.rounds());
        assertThat(result.report())
                .startsWith("5 of 5 rounds failed\n")
                .contains("\nThe first failure: round 1, aligned start, thread stray, started by actor starts\n"
                        + "java.lang.IllegalStateException: in the background\n");
    }

    @Test
    void areWaitedForAtTheEnd() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("starts", state -> throwing("stray").start())
                .options(FEW.rounds(1))
                .run();

        assertThat(result.failures()).isEqualTo(1);
    }

    @Test
    void areOfTheRoundInWhichTheyWereMade() throws Exception {
        Queue<Thread> later = new ConcurrentLinkedQueue<>();
        StressResult result = Stress.of(Object::new)
                .actor("makes", state -> later.add(throwing("stray")))
                .after(state -> {
                    if (later.size() == 5) {
                        Thread of = List.copyOf(later).get(2);
                        of.start();
                        of.join();
                    }
                })
                .options(FEW)
                .run();

        assertThat(result.failures()).isEqualTo(1);
        assertThat(result.report())
                .contains("The first failure: round 3, ")
                .contains(" start, thread stray, started by actor makes\n");
    }

    @Test
    void areAlsoThoseThatTheirThreadsStart() throws Exception {
        StressResult result = Stress.of(Object::new)
                .actor("a", state -> {})
                .arbiter(state -> {
                    Thread thread = new Thread(() -> throwing("stray").start());
                    thread.start();
                    thread.join();
                })
                .options(FEW.rounds(1))
                .run();

        assertThat(result.report())
                .contains("The first failure: round 1, aligned start, thread stray, started by the arbiter\n");
    }

    @Test
    void areNoneWhoseThreadHasAHandlerOrWhoseTaskKeepsWhatItThrows() throws Exception {
        Queue<Throwable> handled = new ConcurrentLinkedQueue<>();
        Stress.of(Object::new)
                .actor("starts", state -> {
                    Thread thread = throwing("handled");
                    thread.setUncaughtExceptionHandler((t, thrown) -> handled.add(thrown));
                    thread.start();
                    thread.join();
                    Thread task = new Thread(new FutureTask<>(() -> {
                        throw new IllegalStateException("kept");
                    }));
                    task.start();
                    task.join();
                })
                .options(FEW)
                .run()
                .orThrow();

        assertThat(handled).hasSize(5);
    }

    @Test
    void areHandledAsWithoutTheHarnessToo() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        ThreadGroup group = new ThreadGroup("of the program") {
            @Override
            public void uncaughtException(Thread thread, Throwable thrown) {
                told.add(thread.getName() + ": " + thrown.getMessage());
            }
        };
        FutureTask<StressResult> run = new FutureTask<>(() -> Stress.of(Object::new)
                .actor("starts", state -> throwing("stray").start())
                .options(FEW.rounds(1))
                .run());
        new Thread(group, run, "caller").start();

        assertThat(run.get().failures()).isEqualTo(1);
        assertThat(told).containsExactly("stray: in the background");
    }
}
