package org.concurrentharness.agent.programs;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Calls that the probe answers. */
public final class Replaced {
    private Replaced() {}

    public static class OfObject {
        static void run() throws InterruptedException {
            Object lock = "lock";
            synchronized (lock) {
                lock.wait();
                lock.wait(3);
                lock.wait(3, 4);
                TimeUnit.MICROSECONDS.timedWait(lock, 5);
                lock.notify();
                new int[0].notifyAll();
            }
        }
    }

    /** The class of the threads of {@link OfThread}. */
    public static class Worker extends Thread {
        public Worker() {
            super("worker");
        }

        @Override
        public void run() {}

        boolean used() throws InterruptedException {
            join();
            sleep(1);
            return isAlive();
        }
    }

    public static class OfThread {
        static boolean run() throws InterruptedException {
            Worker thread = new Worker();
            thread.start();
            boolean alive = thread.used();
            thread.join(2);
            thread.join(2, 3);
            TimeUnit.MILLISECONDS.timedJoin(thread, 4);
            Thread.sleep(1, 2);
            TimeUnit.SECONDS.sleep(1);
            Thread.yield();
            Thread.onSpinWait();
            thread.interrupt();
            return alive && Thread.holdsLock(thread) && !Thread.currentThread().isInterrupted();
        }
    }

    public static class Time {
        static String run() {
            Runtime.getRuntime().exit(2);
            Runtime.getRuntime().halt(3);
            System.exit(1);
            return System.nanoTime() + " " + System.currentTimeMillis() + " " + UUID.randomUUID();
        }
    }
}
