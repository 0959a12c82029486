package org.concurrentharness.race;

/**
 * What has happened before a thread's next action, and the rules by which that grows: the synchronizes-with edges of the Java
 * memory model (JLS 17.4.4) and of the access modes of {@code VarHandle}.
 *
 * <p>Something that synchronizes (a monitor, a volatile variable) has a {@link VectorClock} of its own, which a release writes and
 * an acquire reads. Not thread-safe.
 */
public final class ThreadClock {
    private final VectorClock now = new VectorClock();

    /** What the last release fence released, for opaque writes after it. */
    private final VectorClock fenced = new VectorClock();

    /** What opaque reads have seen, for the next acquire fence. */
    private final VectorClock seen = new VectorClock();

    /** What those who interrupted this thread had done. */
    private final VectorClock interrupts = new VectorClock();

    private int thread;
    private int time;
    private long epoch;

    /** Creates a clock for {@link #begin}. */
    public ThreadClock() {}

    /** Begins anew, as thread number {@code number} that nobody started. */
    public void begin(int number) {
        thread = number;
        now.clear();
        fenced.clear();
        seen.clear();
        interrupts.clear();
        time = 0;
        advance();
    }

    private void advance() {
        time++;
        now.set(thread, time);
        epoch = Epoch.of(thread, time);
    }

    /** Returns the number of the thread. */
    public int thread() {
        return thread;
    }

    /** Returns when the thread acts now. */
    public long epoch() {
        return epoch;
    }

    int time() {
        return time;
    }

    /** Returns whether what was done at an epoch happened before what the thread does next. */
    public boolean isAfter(long other) {
        return Epoch.thread(other) == thread || now.covers(other);
    }

    /** Returns whether there is something in {@code from} that did not happen before anyway. */
    public boolean learnsFrom(VectorClock from) {
        return !now.covers(from);
    }

    /** What was released into {@code from} happens before what this thread does next: a monitor is taken, a volatile read. */
    public void acquire(VectorClock from) {
        now.acquire(from);
    }

    /**
     * What this thread has done happens before what whoever acquires {@code to} does next: a monitor is left, a volatile variable
     * written. What was released into it before stays: a volatile write synchronizes with all later reads, not only with those
     * that see it.
     */
    public void release(VectorClock to) {
        to.release(now, epoch);
        advance();
    }

    /** As {@link #release}, for a release-mode write: who reads it synchronizes with it, and not with those that it overwrites. */
    public void releaseAlone(VectorClock to) {
        to.replace(now, epoch);
        advance();
    }

    /** An opaque or plain write to something that synchronizes: it releases what an earlier release fence fenced, or nothing. */
    public void writeOpaque(VectorClock to) {
        to.copy(fenced);
    }

    /** An opaque read: an acquire fence that follows synchronizes with what it saw. */
    public void readOpaque(VectorClock from) {
        if (!from.isEmpty()) {
            seen.join(from);
        }
    }

    /** A fence that keeps what was read before it before what comes after it. */
    public void acquireFence() {
        now.join(seen);
    }

    /** A fence that keeps what comes before it before what is written after it. */
    public void releaseFence() {
        fenced.copy(now);
        advance();
    }

    /** This thread starts another: all that it has done happens before all that the other does. */
    public void start(ThreadClock child) {
        child.now.join(now);
        advance();
    }

    /** This thread sees that another has ended: all that the other did happens before. */
    public void join(ThreadClock ended) {
        now.join(ended.now);
    }

    /** This thread interrupts another, which synchronizes with whoever sees it. */
    public void interrupt(ThreadClock other) {
        other.interrupts.join(now);
        advance();
    }

    /** Returns whether another thread has ever interrupted this one. */
    public boolean isInterrupted() {
        return !interrupts.isEmpty();
    }

    /** This thread sees that {@code other}, which may be itself, was interrupted. */
    public void seesInterruptOf(ThreadClock other) {
        now.join(other.interrupts);
    }

    @Override
    public String toString() {
        return thread + "@" + now;
    }
}
