package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ThreadDumpTests {
    private static String dump() {
        return ThreadDump.of(Map.of(), thread -> false, "none");
    }

    /** As a runner's own threads do, its threads wait in the JDK's code only. */
    private static ExecutorService idle(String name) throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        pool.submit(() -> {}).get();
        return pool;
    }

    @Test
    void leavesOutWhatTheJvmAndTheTestRunnerDo() throws Exception {
        Cleaner ofTheJdk = Cleaner.create();
        ExecutorService runner = idle("surefire-forkedjvm-of-a-test");
        ExecutorService user = idle("pool-of-a-test");
        try {
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .contains("surefire-forkedjvm-of-a-test", "pool-of-a-test", "Signal Dispatcher", "Finalizer");
            assertThat(dump())
                    .contains("thread pool-of-a-test, ")
                    .doesNotContain(
                            "surefire-forkedjvm-", "Signal Dispatcher", "Reference Handler", "Finalizer", "Cleaner-");
        } finally {
            runner.shutdown();
            user.shutdown();
            assertThat(ofTheJdk).isNotNull();
        }
    }

    @Test
    void keepsWhatHoldsALockThatSomebodyWaitsFor() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        ExecutorService runner = idle("surefire-forkedjvm-of-a-test");
        runner.submit(lock::lock).get();
        Thread waiting = new Thread(new FutureTask<>(lock::lock, null), "waiting-in-a-test");
        try {
            assertThat(dump()).doesNotContain("surefire-forkedjvm-of-a-test");
            waiting.start();
            while (!lock.hasQueuedThread(waiting) || waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }

            assertThat(dump())
                    .contains("thread surefire-forkedjvm-of-a-test, ")
                    .containsPattern(
                            "thread waiting-in-a-test, WAITING on .*, which surefire-forkedjvm-of-a-test holds");
        } finally {
            runner.submit(lock::unlock).get();
            waiting.join();
            runner.shutdown();
        }
    }

    @Test
    void keepsWhatIsInAUsersCode() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService runner = idle("surefire-forkedjvm-of-a-test");
        try {
            runner.execute(() -> {
                begun.countDown();
                await(end);
            });
            begun.await();

            assertThat(dump()).contains("thread surefire-forkedjvm-of-a-test, ");
        } finally {
            end.countDown();
            runner.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
