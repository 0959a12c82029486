package org.concurrentharness.agent;

import org.concurrentharness.probe.Probe;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/**
 * Switches the engine off for what the calling thread does, when that is the managed thread that runs now: what the agent does on it
 * is none of the program's doing.
 */
final class EngineOff implements AutoCloseable {
    private final @Nullable ProbeListener engine;
    private final boolean campaign;

    private EngineOff(@Nullable ProbeListener engine, boolean campaign) {
        this.engine = engine;
        this.campaign = campaign;
    }

    static EngineOff begin() {
        if (Probe.current != Thread.currentThread()) {
            return new EngineOff(null, false);
        }
        Probe.current = null;
        return new EngineOff(Probe.listener, Probe.campaign);
    }

    /** Switches on again, unless the campaign was given up meanwhile, and another one has begun perhaps. */
    @Override
    public void close() {
        if (engine != null && Probe.listener == engine && Probe.campaign == campaign) {
            Probe.current = Thread.currentThread();
        }
    }
}
