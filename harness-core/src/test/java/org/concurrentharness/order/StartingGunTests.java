package org.concurrentharness.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingGunTests {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** More threads than cores as well: nobody returns before everybody has come. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void startsNobodyBeforeAllHaveCome(int count) throws Exception {
        for (int round = 0; round < 50; round++) {
            StartingGun gun = StartingGun.of(count);
            AtomicInteger come = new AtomicInteger();
            List<Future<Integer>> seen = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                seen.add(threads.submit(() -> {
                    come.incrementAndGet();
                    gun.await();
                    return come.get();
                }));
            }
            for (Future<Integer> each : seen) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(count);
            }
            assertThat(gun.skew()).isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }

    @Test
    void measuresARandomSkew() throws Exception {
        Duration max = Duration.ofMillis(20);
        List<Duration> skews = new ArrayList<>();
        for (long seed = 0; seed < 5; seed++) {
            StartingGun gun = StartingGun.of(2, max, seed);
            Future<?> other = threads.submit(() -> {
                gun.await();
                return null;
            });
            gun.await();
            other.get(60, TimeUnit.SECONDS);
            skews.add(gun.skew());
        }

        // Far more than a start without: none of the five is by chance that small.
        assertThat(skews).anyMatch(skew -> skew.compareTo(Duration.ofMillis(2)) > 0);
        assertThat(skews).doesNotHaveDuplicates();
    }

    @Test
    void tellsWhoHasNotCome() {
        StartingGun gun = StartingGun.of(3);
        Future<?> patient = threads.submit(() -> {
            Thread.currentThread().setName("patient");
            gun.await();
            return null;
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> gun.await(Duration.ofMillis(300)))
                .withMessageMatching("Only [12] of 3 threads have come to the start: .*"
                        + Thread.currentThread().getName() + ".*\\.");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> patient.get(60, TimeUnit.SECONDS))
                .withMessageContaining("of 3 threads have come to the start: ");
        assertThatIllegalStateException().isThrownBy(gun::await);
        assertThatIllegalStateException()
                .isThrownBy(gun::skew)
                .withMessage("Only 0 of 3 threads have started; ask when they have ended.");
    }

    @Test
    void startsNobodyWhenOneIsInterrupted() {
        StartingGun gun = StartingGun.of(2);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(gun::await);
    }

    @Test
    void isForOneStart() throws Exception {
        StartingGun gun = StartingGun.of(1);
        gun.await();

        assertThatIllegalStateException()
                .isThrownBy(gun::await)
                .withMessage("The gun was made for 1 threads, which have started; make another one.");
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StartingGun.of(0))
                .withMessage("threads must be at least 1, but was 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StartingGun.of(2, Duration.ofMillis(-1), 1))
                .withMessage("maxSkew must not be negative, but was PT-0.001S.");
    }
}
