package org.concurrentharness.explore;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has Mockito attach its agent before a campaign uses it. Its first use does so by another process, in a class initialiser: a
 * managed thread that waited for that process would be in a deadlock for all that the scheduler knows.
 */
final class MockAgent {
    private static final String PACKAGE = "org.mockito.";
    private static final String ENTRY = "org.mockito.Mockito";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private MockAgent() {}

    /** Called before a campaign gets a shared class, with the engine off. */
    static void beforeUse(String className, ClassLoader loader) {
        if (!className.startsWith(PACKAGE) || !BEGUN.compareAndSet(false, true)) {
            return;
        }
        // on a thread of its own: a fiber's Thread object cannot be unparked from outside
        AtomicBoolean done = new AtomicBoolean();
        Thread thread = new Thread(
                () -> {
                    initialize(loader);
                    done.set(true);
                },
                "concurrent-harness-mockito");
        thread.setDaemon(true);
        thread.start();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!done.get() && System.nanoTime() < end) {
            RealPark.park(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void initialize(ClassLoader loader) {
        try {
            Class.forName(ENTRY, true, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // whoever uses it will be told
        }
    }
}
