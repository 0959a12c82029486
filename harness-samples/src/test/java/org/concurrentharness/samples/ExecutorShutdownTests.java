package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Tag;

/**
 * A service is closed while it is in use. Executors, their threads and their queues are under control as any other code; time is
 * virtual, so that the hour below takes no time.
 */
class ExecutorShutdownTests {
    static class Mailer {
        private final ExecutorService executor = Executors.newSingleThreadExecutor();
        private final AtomicInteger sent = new AtomicInteger();

        /** Returns whether the letter will be sent. Broken: between the question and the call the executor may be shut down. */
        boolean send() {
            if (executor.isShutdown()) {
                return false;
            }
            executor.execute(sent::incrementAndGet); // RejectedExecutionException
            return true;
        }

        /** The mend: whoever closes waits until nobody is between the question and the call. */
        synchronized boolean sendOrRefuse() {
            return send();
        }

        synchronized void shutdown() {
            executor.shutdown();
        }

        int close() throws InterruptedException {
            shutdown();
            assertThat(executor.awaitTermination(1, TimeUnit.HOURS)).isTrue();
            return sent.get();
        }
    }

    @Tag("broken")
    @ConcurrentTest
    void sendsWhatItAccepts() throws InterruptedException {
        Mailer mailer = new Mailer();

        Thread closing = new Thread(mailer::shutdown);
        closing.start();
        boolean accepted = mailer.send();
        closing.join();

        assertThat(mailer.close()).isEqualTo(accepted ? 1 : 0);
    }

    @ConcurrentTest
    void sendsWhatItAcceptsUnderALock() throws InterruptedException {
        Mailer mailer = new Mailer();

        Thread closing = new Thread(mailer::shutdown);
        closing.start();
        boolean accepted = mailer.sendOrRefuse();
        closing.join();

        assertThat(mailer.close()).isEqualTo(accepted ? 1 : 0);
    }
}
