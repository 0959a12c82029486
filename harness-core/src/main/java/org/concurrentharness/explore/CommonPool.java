package org.concurrentharness.explore;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/** An execution's common pool: like the JVM's it cannot be shut down, and its workers have the same names. */
final class CommonPool extends ForkJoinPool {
    /** The parallelism of the common pool in a campaign, the same on every machine. */
    private static final int PARALLELISM = 3;

    CommonPool() {
        super(PARALLELISM, new Workers(), null, false);
    }

    private static final class Workers implements ForkJoinWorkerThreadFactory {
        private int number;

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return new Worker(pool, ++number);
        }
    }

    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool, int number) {
            super(pool);
            setName("ForkJoinPool.commonPool-worker-" + number);
        }
    }

    @Override
    public void shutdown() {
        // as documented for the common pool
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        awaitQuiescence(timeout, unit);
        return false;
    }
}
