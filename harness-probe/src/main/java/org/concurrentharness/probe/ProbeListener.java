package org.concurrentharness.probe;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Receives what rewritten code does on managed threads.
 *
 * <p>{@link Probe} calls the one installed listener. Methods are called on the managed thread that acts, except the few
 * whose names begin with {@code outside}, which any other thread may call at any time. An abstract class and not an
 * interface, since the JIT proves a single subclass of a class by its hierarchy alone and inlines the call.
 *
 * <p>What a listener itself does with rewritten classes of the JDK ({@code java.util.concurrent}, string concatenation, which links
 * call sites with it) is reported to it too, while it runs: one that uses them sets {@link Probe#current} to null meanwhile.
 *
 * @since 0.1
 */
public abstract class ProbeListener {
    /** Creates a listener; it does nothing until {@link Probe#listener} refers to it. */
    protected ProbeListener() {}

    // ---- memory -------------------------------------------------------------------------------------------------

    /** Called before a volatile field is read; {@code owner} is null for a static field. */
    public abstract void volatileRead(@Nullable Object owner, int site);

    /** Called before a volatile field is written; {@code owner} is null for a static field. */
    public abstract void volatileWrite(@Nullable Object owner, int site);

    /** Called before a plain field is read; {@code owner} is null for a static field, or when the access is about to throw. */
    public void read(@Nullable Object owner, int site) {}

    /** Called before a plain field is written; {@code owner} as for {@link #read}. */
    public void write(@Nullable Object owner, int site) {}

    /** Called before an array element is read; the access may be about to throw. */
    public void arrayRead(@Nullable Object array, int index, int site) {}

    /** Called before an array element is written; the access may be about to throw. */
    public void arrayWrite(@Nullable Object array, int index, int site) {}

    /**
     * Called before an access of a variable through a {@code VarHandle} or a field updater.
     *
     * @param target the object that holds the variable, or the array; null for a static field
     * @param index the array index, or -1
     */
    public void access(@Nullable Object handle, @Nullable Object target, int index, int site) {
        call(handle, site);
    }

    /** Called before an access of a variable through {@code Unsafe}. */
    public void unsafeAccess(@Nullable Object target, long offset, int site) {
        call(target, site);
    }

    /** Called before JDK code reads a volatile field: part of a step, and no point unless the JDK is explored inside. */
    public void jdkRead(@Nullable Object owner, int site) {}

    /** Called before JDK code writes a volatile field: as {@link #jdkRead}. */
    public void jdkWrite(@Nullable Object owner, int site) {}

    /** As {@link #access}, in JDK code: part of a step, and no point unless the JDK is explored inside. */
    public void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {}

    /** As {@link #unsafeAccess}, in JDK code: part of a step, and no point unless the JDK is explored inside. */
    public void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {}

    // ---- calls --------------------------------------------------------------------------------------------------

    /** Called before a call into a synchronizing JDK class; {@code receiver} is null for static calls and where the stack hides it. */
    public abstract void call(@Nullable Object receiver, int site);

    /** Called before a call to a JDK class whose methods are synchronized (Vector and its like): waits for the receiver's monitor. */
    public abstract void callSynchronized(Object receiver, int site);

    /** Called before a call to a JDK class whose users must synchronize (ArrayList, HashMap): no scheduling point. */
    public void collection(Object receiver, int site) {}

    /** As {@link #collection}, for a call that gets or sets one element of a list; the index may be out of bounds. */
    public void element(Object receiver, int index, int site) {
        collection(receiver, site);
    }

    /**
     * Called before elements of an array are read or written at once ({@code System.arraycopy}, {@code Arrays.sort}); only with
     * bounds that lie within the array.
     *
     * @param from the first index
     * @param to the index behind the last one
     */
    public void arrayRange(Object array, int from, int to, boolean write, int site) {}

    /** Called after a compare-and-set, in campaign code and in the JDK's, that {@link #access} or its like was told of before. */
    public void swapped(boolean success) {}

    /** Called before a fence ({@code VarHandle.acquireFence} and its like) in campaign code; its site tells which. */
    public void fence(int site) {}

    /** Called after {@code StampedLock.tryOptimisticRead}. */
    public void optimisticRead(Object lock, long stamp) {}

    /** Called after {@code StampedLock.validate}, and after a stamp was converted: were the reads since {@link #optimisticRead} good? */
    public void validated(Object lock, boolean valid) {}

    // ---- final fields ---------------------------------------------------------------------------------------------

    /**
     * Called first in a constructor of a campaign class with final fields of reference types.
     *
     * @return what {@link #constructed} shall be told
     */
    public int constructing() {
        return 0;
    }

    /**
     * Called when such a constructor returns: the final fields are frozen, and what they refer to.
     *
     * @param begin what {@link #constructing} returned
     */
    public void constructed(Object self, int begin) {}

    /** Called before a final field of a reference type is read, but for those of {@code this} in a constructor. */
    public void finalRead(@Nullable Object owner) {}

    /** Called after a call with a result, only while {@link Probe#recording}. */
    public abstract void returned(@Nullable Object value, int site);

    // ---- monitors -----------------------------------------------------------------------------------------------

    /** Called in place of {@code monitorenter}; the lock is not null. */
    public abstract void monitorEnter(Object lock, int site);

    /** Called in place of {@code monitorexit}; the lock is not null. */
    public abstract void monitorExit(Object lock, int site);

    /** Called before a JDK class takes the real monitor of {@code lock}. */
    public abstract void jdkMonitorEnter(Object lock);

    /** As {@link #jdkMonitorEnter(Object)}, with the place in the JDK: a point when the JDK is explored inside. */
    public void jdkMonitorEnter(Object lock, int site) {
        jdkMonitorEnter(lock);
    }

    /** Called after a JDK class has released the real monitor of {@code lock}. */
    public abstract void jdkMonitorExit(Object lock);

    /** Called in place of {@code Object.wait}; {@code nanos} 0 waits without a limit. */
    public abstract void monitorWait(Object lock, long nanos, int site) throws InterruptedException;

    /** Called in place of {@code Object.wait} in a JDK class, which holds the real monitor of {@code lock} once. */
    public abstract void jdkMonitorWait(Object lock, long nanos) throws InterruptedException;

    /** Called in place of {@code Object.notify} and {@code Object.notifyAll}. */
    public abstract void monitorNotify(Object lock, boolean all, int site);

    /** Answers {@code Thread.holdsLock}. */
    public abstract boolean holdsLock(Object lock);

    // ---- class initialisers, loops ------------------------------------------------------------------------------

    /** Called when a campaign class begins its initialiser: no preemption until {@link #initExit}. */
    public abstract void initEnter();

    /** Called when a campaign class ends its initialiser. */
    public abstract void initExit();

    /** Called when {@link Probe#fuel} is used up: a loop has run long without any scheduling point. */
    public abstract void outOfFuel();

    // ---- threads ------------------------------------------------------------------------------------------------

    /** Called when a managed thread starts another; true when the listener runs it and the JVM must not. */
    public abstract boolean start(Thread thread);

    /** Called first in a thread's {@code run} on platform threads; returns when the scheduler lets the thread run. */
    public abstract void outsideBegin(Thread thread);

    /** Called last by a platform thread that the JVM ends. */
    public abstract void exit(Thread thread);

    /** Called in place of {@code Thread.join}; {@code millis} 0 waits without a limit; true when {@code thread} has ended. */
    public abstract boolean join(Thread thread, long nanos, int site) throws InterruptedException;

    /** Answers {@code Thread.isAlive}. */
    public abstract boolean isAlive(Thread thread, int site);

    /** Answers {@code Thread.getState}, or null when {@code thread} is not managed. */
    public abstract Thread.@Nullable State outsideState(Thread thread);

    /** Called in place of {@code Thread.sleep}. */
    public abstract void sleep(long nanos, int site) throws InterruptedException;

    /** Called in place of {@code Thread.yield} and {@code Thread.onSpinWait} in campaign code. */
    public abstract void yield(int site);

    /** Called in place of {@code Thread.yield} in JDK code, which waits for another thread to get on. */
    public abstract void jdkYield();

    /** Called where an executor of the JDK is about to run a task. */
    public abstract void task();

    /** Called when a thread that is not managed, in campaign code, notifies those that wait at {@code lock}. */
    public abstract void outsideNotify(Object lock, boolean all);

    /** Called in place of {@code Thread.onSpinWait} in JDK code. */
    public abstract void jdkSpinWait();

    /** Called first in {@code Thread.interrupt}, by any thread; true when done, false when {@code thread} is not managed. */
    public abstract boolean outsideInterrupt(Thread thread);

    /** Answers {@code Thread.isInterrupted}: 1 or 0, or -1 when the thread's own flag is right. */
    public abstract int outsideIsInterrupted(Thread thread);

    /** Called when {@code thread} ends by {@code thrown}; true when the listener has dealt with it. */
    public abstract boolean outsideUncaught(Thread thread, Throwable thrown);

    // ---- park ---------------------------------------------------------------------------------------------------

    /** Called in place of {@code LockSupport.park*}; {@code nanos} 0 parks without a limit. */
    public abstract void park(Object blocker, long nanos);

    /** Called in place of {@code LockSupport.unpark} by a managed thread; false when {@code thread} is not managed. */
    public abstract boolean unpark(Thread thread);

    /** Called in place of {@code LockSupport.unpark} by any other thread; false when {@code thread} is not managed. */
    public abstract boolean outsideUnpark(Thread thread);

    // ---- time and determinism -----------------------------------------------------------------------------------

    /** Answers {@code System.nanoTime}. */
    public abstract long nanoTime();

    /** Answers {@code System.currentTimeMillis}. */
    public abstract long currentTimeMillis();

    /** Answers {@code VM.getNanoTimeAdjustment}: the nanoseconds since the epoch's second {@code offsetSeconds}. */
    public abstract long nanoTimeAdjustment(long offsetSeconds);

    /** Answers the next number for the name of an unnamed thread, or -1. */
    public abstract int threadNumber();

    /** Called in place of {@code ThreadLocalRandom.localInit}: gives the running thread a seed and a probe. */
    public abstract void randomInit();

    /** Answers the next thread's identifier, or -1. */
    public abstract long threadId();

    /** Replaces the JVM's common pool by the execution's own. */
    public abstract ForkJoinPool commonPool(ForkJoinPool original);

    /** Replaces the default executor of {@code CompletableFuture} by the execution's own. */
    public abstract Executor asyncPool(Executor original);

    /** Replaces another static executor of the JDK ({@code CompletableFuture.Delayer}) by the execution's own. */
    public abstract Object staticPool(Object original);

    /** Creates the thread for a virtual-thread builder, or null to let the JDK do it. */
    public abstract @Nullable Thread virtualThread(@Nullable String name, int characteristics, Runnable task);

    /** Replaces random bits by the execution's own ({@code UUID.randomUUID}, {@code SecureRandom}). */
    public abstract long randomLong();

    /** Called in place of {@code System.exit}, {@code Runtime.exit} and {@code Runtime.halt} in campaign code. */
    public abstract void systemExit(int status);
}
