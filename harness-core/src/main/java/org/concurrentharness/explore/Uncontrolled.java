package org.concurrentharness.explore;

import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/** Switches the engine off on the calling thread for a stretch of the harness's own work, such as loading a class. */
final class Uncontrolled {
    private static boolean available;

    private Uncontrolled() {}

    /** Switches off. Returns what {@link #end} wants back: the calling thread when it was controlled, else null. */
    static @Nullable Thread begin() {
        if (!available()) {
            return null;
        }
        Thread current = Probe.current;
        if (current == null || current != Thread.currentThread()) {
            return null;
        }
        Probe.current = null;
        return current;
    }

    /** Switches on again, if {@link #begin} had switched off. */
    static void end(@Nullable Thread paused) {
        if (paused != null) {
            Probe.current = paused;
        }
    }

    /**
     * Returns true when the boot class loader has the probe. Asked before the first use of {@code Probe}: without the agent,
     * linking it would fail, or define it a second time outside the boot loader.
     */
    private static boolean available() {
        // A plain field: threads that still see false find out by themselves.
        if (!available) {
            try {
                Class.forName("org.concurrentharness.probe.Probe", false, null);
                available = true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
        return true;
    }
}
