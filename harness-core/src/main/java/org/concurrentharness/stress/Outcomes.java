package org.concurrentharness.stress;

import org.jspecify.annotations.Nullable;

/**
 * Where an actor or the arbiter of a stress test puts what it saw. What all of them put makes the outcome of the round: their texts in
 * the order of the actors, the arbiter's last, separated by commas.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Outcomes {
    /** Adds a value. Its text is taken when the round has ended. */
    void add(@Nullable Object value);

    /**
     * Returns outcomes that add to those of the calling thread, which must be one of a stress test's.
     *
     * @return outcomes whose {@link #add} throws an {@link IllegalStateException} in another thread
     */
    static Outcomes ofCallingThread() {
        return value -> {
            if (Thread.currentThread() instanceof Worker<?> worker) {
                worker.add(value);
            } else {
                throw new IllegalStateException("Outcomes are added by the threads that a stress test starts, not by "
                        + Thread.currentThread().getName() + "; hand the value to one of them.");
            }
        };
    }
}
