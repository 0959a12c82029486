package org.concurrentharness.explore;

import org.concurrentharness.probe.Probe;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Switches the engine off on the calling thread for a stretch of the harness's own work, such as loading a class. */
final class Uncontrolled {
    private static boolean available;

    private Uncontrolled() {}

    /** Returns true when the calling thread is a managed one. */
    static boolean isManaged() {
        return available() && Probe.current == Thread.currentThread();
    }

    /** Switches off. Returns what {@link #end} wants back: the engine when the calling thread was controlled, else null. */
    static @Nullable ProbeListener begin() {
        if (!available()) {
            return null;
        }
        Thread current = Probe.current;
        if (current == null || current != Thread.currentThread()) {
            return null;
        }
        Probe.current = null;
        return Probe.listener;
    }

    /**
     * Switches on again, if {@link #begin} had switched off. Not when the campaign has been given up meanwhile, since the class
     * loader was slow perhaps: then another one may be under way, which this thread has no part in.
     */
    static void end(@Nullable ProbeListener engine) {
        if (engine != null && Probe.campaign && Probe.listener == engine) {
            Probe.current = Thread.currentThread();
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
