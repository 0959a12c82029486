package org.concurrentharness.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RendezvousTests {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** A lost update, as surely as two people can make one. */
    @Test
    void makesThreadsDoAsWritten() throws Exception {
        for (int round = 0; round < 100; round++) {
            int[] balance = {100};
            Rendezvous order = Rendezvous.of("read", "written", "overwritten");
            Future<?> other = threads.submit(() -> {
                order.reach("written");
                return null;
            });
            int read = balance[0];
            order.reach("read");
            order.reach("overwritten");
            balance[0] = read - 10;
            other.get(60, TimeUnit.SECONDS);
            assertThat(balance).containsExactly(90);
            assertThat(order.reached()).containsExactly("read", "written", "overwritten");
        }
    }

    @Test
    void ordersManyThreadsWhoeverComesFirst() throws Exception {
        List<String> points = List.of("0", "1", "2", "3", "4", "5", "6", "7");
        Rendezvous order = Rendezvous.of(points.toArray(new String[0]));
        List<String> passed = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < points.size(); i += 2) {
            int own = points.size() - 2 - i;
            running.add(threads.submit(() -> {
                order.reach(points.get(own));
                passed.add(points.get(own));
                order.reach(points.get(own + 1));
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }

        assertThat(passed).containsExactly("0", "2", "4", "6");
    }

    @Test
    void tellsWhichPointWasNotReachedAndWhoWaitedWhere() throws Exception {
        Rendezvous order = Rendezvous.of("first", "forgotten", "last").patience(Duration.ofMillis(20));
        Thread thread = Thread.currentThread();
        order.reach("first");

        assertThatIllegalStateException()
                .isThrownBy(() -> order.reach("last"))
                .withMessageMatching("Point \"forgotten\" was not reached in 20 ms\\.\\R"
                        + "    reached \"first\" by thread \"" + thread.getName()
                        + "\" at .*RendezvousTests.*:\\d+\\)\\R"
                        + "    waiting to reach \"last\" by thread \"" + thread.getName()
                        + "\" at .*RendezvousTests.*:\\d+\\)");
        assertThat(order.reached()).containsExactly("first");
    }

    @Test
    void isReachedOnce() throws Exception {
        Rendezvous order = Rendezvous.of("only");
        order.reach("only");

        assertThatIllegalStateException()
                .isThrownBy(() -> order.reach("only"))
                .withMessageMatching("Reached twice: \"only\" by thread .*, and now \"only\" by thread .*\\.");
    }

    @Test
    void honoursInterrupts() {
        Rendezvous order = Rendezvous.of("first", "last");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> order.reach("last"));
        assertThat(order.reached()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendezvous.of("a", "b").reach("c"))
                .withMessage("There is no point \"c\"; the points are [a, b].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendezvous.of("a", "a"))
                .withMessage("Points must have different names, but were [a, a].");
        assertThatIllegalArgumentException().isThrownBy(Rendezvous::of).withMessage("A rendezvous needs a point.");
    }
}
