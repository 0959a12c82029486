package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.order.Rendezvous;
import org.concurrentharness.order.StartingGun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderExampleTests {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        pool.shutdownNow();
    }

    @Test
    void startsTogether() throws Exception {
        AtomicInteger counter = new AtomicInteger();
        StartingGun gun = StartingGun.of(2);
        Future<?> other = pool.submit(() -> {
            gun.await();
            return counter.incrementAndGet();
        });
        gun.await();
        counter.incrementAndGet();
        other.get();
        gun.skew(); // between the first and the last start
        assertThat(gun.skew()).isLessThan(Duration.ofMinutes(1));
        assertThat(counter.get()).isEqualTo(2);
    }

    @Test
    void passesPointsInOrder() throws Exception {
        AtomicInteger counter = new AtomicInteger();
        Rendezvous order = Rendezvous.of("looked", "taken", "acted");
        Future<?> other = pool.submit(() -> {
            order.reach("taken");
            return counter.incrementAndGet();
        });
        int before = counter.get();
        order.reach("looked");
        order.reach("acted");
        other.get();
        assertThat(before).isZero();
        assertThat(order.reached()).hasSize(3);
    }
}
