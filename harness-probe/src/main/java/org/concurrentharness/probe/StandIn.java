package org.concurrentharness.probe;

/**
 * Locked by a managed thread in place of an object of the JDK that threads wait at: a real wait is not possible, and a modelled
 * one could not give up the real monitor.
 */
final class StandIn {
    final Object target;

    StandIn(Object target) {
        this.target = target;
    }
}
