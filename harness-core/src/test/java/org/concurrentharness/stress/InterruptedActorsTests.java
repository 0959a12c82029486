package org.concurrentharness.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An interrupt that an actor gets is of its round, and of nothing else that happens in the same thread. */
class InterruptedActorsTests {
    private final Queue<String> leaked = new ConcurrentLinkedQueue<>();

    private final class State {
        final CountDownLatch never = new CountDownLatch(1);
        volatile @Nullable Thread worker;

        State() {
            check("preparation");
        }

        /** Ends as most code does that is interrupted. */
        void works() {
            check("actor");
            worker = Thread.currentThread();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Is interrupted some time, mostly when it has ended. */
        void passes() {
            check("actor");
            worker = Thread.currentThread();
        }

        void stops() {
            check("actor");
            Thread seen = worker;
            while (seen == null) {
                Thread.onSpinWait();
                seen = worker;
            }
            seen.interrupt();
        }
    }

    private void check(String where) {
        if (Thread.currentThread().isInterrupted()) {
            leaked.add(where);
        }
    }

    private void run(Stress<State> stress) throws InterruptedException {
        stress.arbiter(state -> {
                    check("arbiter");
                    Thread.currentThread().interrupt();
                })
                .after(state -> {
                    check("after");
                    Thread.currentThread().interrupt();
                })
                .options(StressOptions.defaults().rounds(500))
                .run()
                .orThrow();
        assertThat(leaked).isEmpty();
    }

    @Test
    void theThreadThatLeadsIsNoLongerInterrupted() throws Exception {
        run(Stress.of(State::new).actor("works", State::works).actor("stops", State::stops));
    }

    @Test
    void anotherThreadIsNoLongerInterrupted() throws Exception {
        run(Stress.of(State::new).actor("stops", State::stops).actor("works", State::works));
    }

    @Test
    void anInterruptThatComesTooLateIsDropped() throws Exception {
        run(Stress.of(State::new).actor("passes", State::passes).actor("stops", State::stops));
        run(Stress.of(State::new).actor("stops", State::stops).actor("passes", State::passes));
    }

    @Test
    void theInterruptOfAHungRoundIsKept() throws Exception {
        AtomicReference<@Nullable Boolean> kept = new AtomicReference<>();
        StressResult result = Stress.of(State::new)
                .actor("a", state -> {})
                .arbiter(State::works)
                .after(state -> kept.set(Thread.currentThread().isInterrupted()))
                .options(StressOptions.defaults().timeout(Duration.ofMillis(300)))
                .run();

        assertThat(result.hang()).get().asString().endsWith("were interrupted and have ended.");
        assertThat(kept).hasValue(true);
    }
}
