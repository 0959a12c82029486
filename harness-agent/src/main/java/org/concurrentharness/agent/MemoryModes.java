package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;

/**
 * How accesses of memory order what threads do: the flags that {@link Sites#modes} has for a site.
 *
 * <p>They are what the method's documentation promises, not what some processor does beyond that.
 *
 * @since 0.1
 */
public final class MemoryModes {
    /** Reads the variable. */
    public static final int READS = 1;

    /** Writes the variable; together with {@link #READS}, at once. */
    public static final int WRITES = 2;

    /** What happened before the release that is read, happens before what follows. */
    public static final int ACQUIRES = 4;

    /** What happened before, happens before what follows an acquire that reads this. */
    public static final int RELEASES = 8;

    /** Not atomic: two threads race when they access the variable in this mode without order, one of them writing. */
    public static final int PLAIN = 16;

    /** Takes part in the one order of all volatile accesses. */
    public static final int VOLATILE = 32;

    /** Asks for the state of a thread, or for its interrupt: what that thread did before it got there, happens before. */
    public static final int THREAD_STATE = 64;

    /** A compare-and-set, which writes or does not: {@code ProbeListener.swapped} tells afterwards. */
    public static final int SWAPS = 128;

    private static final int FENCES = ACQUIRES | RELEASES;

    private MemoryModes() {}

    /** Returns the flags of an access of a field or an array element. */
    static int ofVariable(Site.Kind kind) {
        return switch (kind) {
            case VOLATILE_READ -> READS | ACQUIRES | VOLATILE;
            case VOLATILE_WRITE -> WRITES | RELEASES | VOLATILE;
            case READ, ARRAY_READ -> READS | PLAIN;
            case WRITE, ARRAY_WRITE -> WRITES | PLAIN;
            default -> 0;
        };
    }

    /**
     * Returns the flags of an access through a {@code VarHandle}, an updater or {@code Unsafe}.
     *
     * @param name the method; updates without a mode in their names are volatile
     */
    static int ofAccess(Site.Kind kind, String name) {
        int access = kind == Site.Kind.UPDATE
                ? READS | WRITES | (Accesses.swaps(name) ? SWAPS : 0)
                : kind.reads() ? READS : WRITES;
        if (name.endsWith("Opaque") || name.endsWith("Plain")) {
            return access;
        }
        if (name.endsWith("Acquire")) {
            return access | ACQUIRES;
        }
        if (name.endsWith("Release") || name.startsWith("putOrdered") || name.equals("lazySet")) {
            return access | RELEASES;
        }
        if (kind == Site.Kind.READ || kind == Site.Kind.WRITE) {
            return access | PLAIN;
        }
        return access | VOLATILE | ((access & READS) != 0 ? ACQUIRES : 0) | ((access & WRITES) != 0 ? RELEASES : 0);
    }

    /** Returns the flags of a fence, or null when a method is none. */
    static @Nullable Integer ofFence(String owner, String name, String descriptor) {
        if (!descriptor.equals("()V") || !name.endsWith("Fence")) {
            return null;
        }
        boolean unsafe = Accesses.isUnsafe(owner);
        if (!unsafe && !owner.equals(Accesses.VAR_HANDLE)) {
            return null;
        }
        return switch (name) {
            case "fullFence" -> FENCES;
            // a loadLoadFence orders no later write, so it is less than an acquire; but nothing that is read can tell
            case "acquireFence", "loadFence", "loadLoadFence" -> ACQUIRES;
            case "releaseFence", "storeFence", "storeStoreFence" -> RELEASES;
            default -> null;
        };
    }

    /** Returns the flags of a call, by its target ({@code Thread.isInterrupted}). */
    static int ofCall(String target) {
        return switch (target) {
            case "Thread.isInterrupted", "Thread.interrupted", "Thread.getState" -> THREAD_STATE;
            default -> 0;
        };
    }
}
