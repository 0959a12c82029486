package org.concurrentharness.probe;

import org.jspecify.annotations.Nullable;

/**
 * The events that are reported most, behind the comparison that is made in place.
 *
 * <p>The agent marks these methods as never to be inlined. Each campaign has copies of its classes, which are compiled anew; with the race
 * detector in each access of each copy, the compilers would take a fifth of a campaign's processor time, and save little by it.
 */
final class Outlined {
    private Outlined() {}

    static void read(@Nullable Object owner, int site) {
        Probe.listener.read(owner, site);
    }

    static void write(@Nullable Object owner, int site) {
        Probe.listener.write(owner, site);
    }

    static void arrayRead(@Nullable Object array, int index, int site) {
        Probe.listener.arrayRead(array, index, site);
    }

    static void arrayWrite(@Nullable Object array, int index, int site) {
        Probe.listener.arrayWrite(array, index, site);
    }

    static void finalRead(@Nullable Object owner) {
        Probe.listener.finalRead(owner);
    }

    static void jdkRead(@Nullable Object owner, int site) {
        Probe.listener.jdkRead(owner, site);
    }

    static void jdkWrite(@Nullable Object owner, int site) {
        Probe.listener.jdkWrite(owner, site);
    }

    static void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {
        Probe.listener.jdkAccess(handle, target, index, site);
    }

    static void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {
        Probe.listener.jdkUnsafeAccess(target, offset, site);
    }
}
