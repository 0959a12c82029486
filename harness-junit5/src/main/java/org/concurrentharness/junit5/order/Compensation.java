package org.concurrentharness.junit5.order;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a worker of JUnit's executors wait while another one takes its place.
 *
 * <p>A fork-join pool has a public way to say so. The worker thread pool of JUnit 6.1 has one of its own for its locks, which is not
 * public: where it cannot be reached, the worker waits without a replacement, which is enough as long as not all of them wait, and if
 * they do, is told by the gates.
 */
final class Compensation {
    private static final Logger LOG = LoggerFactory.getLogger("org.concurrentharness.order");
    private static final String WORKER =
            "org.junit.platform.engine.support.hierarchical.WorkerThreadPoolHierarchicalTestExecutorService$WorkerThread";

    private Compensation() {}

    static void block(ForkJoinPool.ManagedBlocker blocker) throws InterruptedException {
        Thread thread = Thread.currentThread();
        if (!thread.getClass().getName().equals(WORKER) || !blockReplaced(thread, blocker)) {
            ForkJoinPool.managedBlock(blocker);
        }
    }

    /** Returns false when the worker could not be replaced, and has not waited. */
    private static boolean blockReplaced(Thread worker, ForkJoinPool.ManagedBlocker blocker)
            throws InterruptedException {
        Method runBlocking;
        Object action;
        try {
            Class<?> actionType = Class.forName(
                    WORKER + "$BlockingAction", false, worker.getClass().getClassLoader());
            runBlocking = worker.getClass().getDeclaredMethod("runBlocking", BooleanSupplier.class, actionType);
            runBlocking.setAccessible(true);
            action = Proxy.newProxyInstance(
                    actionType.getClassLoader(), new Class<?>[] {actionType}, (proxy, method, arguments) -> {
                        while (!blocker.isReleasable() && !blocker.block()) {
                            Thread.onSpinWait();
                        }
                        return null;
                    });
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("This JUnit's workers cannot be replaced while they wait at a gate", e);
            return false;
        }
        try {
            // When the replacement may stop. If it stopped when this wait is over, nobody might be left for others that
            // wait, whose
            // replacements were not started since this one was there: it goes on as long as there is something to run.
            BooleanSupplier never = () -> false;
            runBlocking.invoke(worker, never, action);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IllegalStateException("JUnit's worker could not wait at a gate", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("JUnit's worker could not be asked to wait", e);
        }
    }
}
