package org.concurrentharness.probe;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten bytecode calls.
 *
 * <p>Loaded by the boot class loader, so that campaign classes and rewritten JDK classes reach the same copy. Each method
 * passes the event to {@link #listener} when the calling thread is the managed thread that runs now, and does what the
 * original code did when it is not: rewritten classes cost other threads one comparison.
 *
 * <p>{@link #current}, {@link #listener}, {@link #recording} and {@link #fuel} are plain fields on purpose. Only the thread
 * that runs now can find itself in {@code current}, and whoever hands control to it wrote the field before, with a
 * happens-before edge by the hand-over itself; every other thread sees some value that is not itself, which is all it asks.
 *
 * @since 0.1
 */
public final class Probe {
    /** The managed thread that runs now, or null. */
    public static @Nullable Thread current;

    /** Receives the events of managed threads; never called before it is set, since {@link #current} is null until then. */
    @SuppressWarnings("NullAway.Init")
    public static ProbeListener listener;

    /** True while a campaign runs: other threads' unparks and interrupts are then offered to the listener. */
    public static volatile boolean campaign;

    /** True while results of calls are recorded. */
    public static boolean recording;

    /** Loop iterations left before {@link ProbeListener#outOfFuel}. */
    public static int fuel = Integer.MAX_VALUE;

    /** The JVM's {@code Instrumentation}, left here by the agent for whichever class loader asks. */
    public static volatile @Nullable Object instrumentation;

    private Probe() {}

    // Hooks in the JDK ask first whether there is a campaign at all: mostly there is none, and every thread of the JVM
    // comes by.

    // ---- memory -------------------------------------------------------------------------------------------------

    public static void volatileRead(Object owner, int site) {
        if (Thread.currentThread() == current) {
            listener.volatileRead(owner, site);
        }
    }

    public static void volatileWrite(Object owner, int site) {
        if (Thread.currentThread() == current) {
            listener.volatileWrite(owner, site);
        }
    }

    /** Before a plain field is read. */
    public static void read(Object owner, int site) {
        if (Thread.currentThread() == current) {
            Outlined.read(owner, site);
        }
    }

    /** Before a plain field is written. */
    public static void write(Object owner, int site) {
        if (Thread.currentThread() == current) {
            Outlined.write(owner, site);
        }
    }

    /** Before an array element is read; the array may be null and the index out of its bounds. */
    public static void arrayRead(Object array, int index, int site) {
        if (Thread.currentThread() == current) {
            Outlined.arrayRead(array, index, site);
        }
    }

    /** Before an array element is written; the array may be null and the index out of its bounds. */
    public static void arrayWrite(Object array, int index, int site) {
        if (Thread.currentThread() == current) {
            Outlined.arrayWrite(array, index, site);
        }
    }

    /** Before an access through a {@code VarHandle} or a field updater. */
    public static void access(Object handle, Object target, int index, int site) {
        if (Thread.currentThread() == current) {
            listener.access(handle, target, index, site);
        }
    }

    /** Before an access through {@code Unsafe}. */
    public static void unsafeAccess(Object target, long offset, int site) {
        if (Thread.currentThread() == current) {
            listener.unsafeAccess(target, offset, site);
        }
    }

    /** After a compare-and-set, in campaign code and in the JDK's. */
    public static void swapped(boolean success) {
        if (current != null && Thread.currentThread() == current) {
            listener.swapped(success);
        }
    }

    /** Before a fence in campaign code. */
    public static void fence(int site) {
        if (Thread.currentThread() == current) {
            listener.fence(site);
        }
    }

    /** Before JDK code reads a volatile field. */
    public static void jdkRead(Object owner, int site) {
        if (current != null && Thread.currentThread() == current) {
            Outlined.jdkRead(owner, site);
        }
    }

    /** Before JDK code writes a volatile field. */
    public static void jdkWrite(Object owner, int site) {
        if (current != null && Thread.currentThread() == current) {
            Outlined.jdkWrite(owner, site);
        }
    }

    /** As {@link #access}, in JDK code. */
    public static void jdkAccess(Object handle, Object target, int index, int site) {
        if (current != null && Thread.currentThread() == current) {
            Outlined.jdkAccess(handle, target, index, site);
        }
    }

    /** As {@link #unsafeAccess}, in JDK code. */
    public static void jdkUnsafeAccess(Object target, long offset, int site) {
        if (current != null && Thread.currentThread() == current) {
            Outlined.jdkUnsafeAccess(target, offset, site);
        }
    }

    // ---- calls --------------------------------------------------------------------------------------------------

    public static void call(Object receiver, int site) {
        if (Thread.currentThread() == current) {
            listener.call(receiver, site);
        }
    }

    /** Before a call through an interface of {@code java.util}: a point only when the receiver's class synchronizes. */
    public static void callMaybe(Object receiver, int site) {
        if (Thread.currentThread() == current && receiver != null) {
            int kind = Receivers.kind(receiver.getClass());
            if (kind == Receivers.CONCURRENT) {
                listener.call(receiver, site);
            } else if (kind == Receivers.SYNCHRONIZED) {
                listener.callSynchronized(receiver, site);
            } else if (kind == Receivers.UNSYNCHRONIZED) {
                listener.collection(receiver, site);
            }
        }
    }

    /** As {@link #callMaybe}, before {@code get} or {@code set} of an element by its index. */
    public static void callMaybeElement(Object receiver, int index, int site) {
        if (Thread.currentThread() == current
                && receiver != null
                && Receivers.kind(receiver.getClass()) == Receivers.UNSYNCHRONIZED) {
            listener.element(receiver, index, site);
        } else {
            callMaybe(receiver, site);
        }
    }

    /** As {@link #collection}, before {@code get} or {@code set} of an element by its index. */
    public static void collectionElement(Object receiver, int index, int site) {
        if (Thread.currentThread() == current && receiver != null) {
            listener.element(receiver, index, site);
        }
    }

    /** Before a call of a class whose users must synchronize. */
    public static void collection(Object receiver, int site) {
        if (Thread.currentThread() == current && receiver != null) {
            listener.collection(receiver, site);
        }
    }

    public static void callSynchronized(Object receiver, int site) {
        if (Thread.currentThread() == current && receiver != null) {
            listener.callSynchronized(receiver, site);
        }
    }

    public static void returned(Object value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    public static void returned(int value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    public static void returned(boolean value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    public static void returned(long value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    public static void returned(double value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    public static void returned(float value, int site) {
        if (recording && Thread.currentThread() == current) {
            listener.returned(value, site);
        }
    }

    // ---- arrays and collections as a whole ----------------------------------------------------------------------

    /** In place of {@code System.arraycopy}. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // an array or not: the original tells
    public static void arraycopy(Object source, int sourceStart, Object target, int targetStart, int length, int site) {
        if (Thread.currentThread() == current && length > 0) {
            if (isWithin(source, sourceStart, length) && isWithin(target, targetStart, length)) {
                listener.arrayRange(source, sourceStart, sourceStart + length, false, site);
                listener.arrayRange(target, targetStart, targetStart + length, true, site);
            }
        }
        System.arraycopy(source, sourceStart, target, targetStart, length);
    }

    /** Before a call that reads or writes all elements of an array. */
    public static void wholeArray(Object array, boolean write, int site) {
        if (Thread.currentThread() == current && array != null) {
            int length = Array.getLength(array);
            if (length > 0) {
                listener.arrayRange(array, 0, length, write, site);
            }
        }
    }

    /** Before a call that reads or writes the elements of a range, which may be none. */
    public static void arrayRange(Object array, int from, int to, boolean write, int site) {
        if (Thread.currentThread() == current && from < to) {
            // what is behind the end is no element: Arrays.copyOfRange takes zeros for it
            int end = array == null ? 0 : Math.min(to, Array.getLength(array));
            if (isWithin(array, from, end - from)) {
                listener.arrayRange(array, from, end, write, site);
            }
        }
    }

    private static boolean isWithin(Object array, int start, int length) {
        return array != null
                && array.getClass().isArray()
                && start >= 0
                && length > 0
                && start <= Array.getLength(array) - length;
    }

    /** Before a call that gets a collection and reads or changes it: only of interest when its users must synchronize. */
    public static void argument(Object collection, int site) {
        if (Thread.currentThread() == current
                && collection != null
                && Receivers.kind(collection.getClass()) == Receivers.UNSYNCHRONIZED) {
            listener.collection(collection, site);
        }
    }

    // ---- stamps ---------------------------------------------------------------------------------------------------

    public static long tryOptimisticRead(StampedLock lock, int site) {
        if (Thread.currentThread() != current) {
            return lock.tryOptimisticRead();
        }
        listener.call(lock, site);
        long stamp = lock.tryOptimisticRead();
        listener.optimisticRead(lock, stamp);
        returned(stamp, site);
        return stamp;
    }

    public static long tryConvertToOptimisticRead(StampedLock lock, long stamp, int site) {
        if (Thread.currentThread() != current) {
            return lock.tryConvertToOptimisticRead(stamp);
        }
        listener.call(lock, site);
        long converted = lock.tryConvertToOptimisticRead(stamp);
        listener.optimisticRead(lock, converted);
        returned(converted, site);
        return converted;
    }

    public static long tryConvertToReadLock(StampedLock lock, long stamp, int site) {
        if (Thread.currentThread() != current) {
            return lock.tryConvertToReadLock(stamp);
        }
        listener.call(lock, site);
        return converted(lock, lock.tryConvertToReadLock(stamp), site);
    }

    public static long tryConvertToWriteLock(StampedLock lock, long stamp, int site) {
        if (Thread.currentThread() != current) {
            return lock.tryConvertToWriteLock(stamp);
        }
        listener.call(lock, site);
        return converted(lock, lock.tryConvertToWriteLock(stamp), site);
    }

    /** Who converts an optimistic stamp validates it by that. */
    private static long converted(StampedLock lock, long stamp, int site) {
        listener.validated(lock, stamp != 0);
        returned(stamp, site);
        return stamp;
    }

    public static boolean validate(StampedLock lock, long stamp, int site) {
        if (Thread.currentThread() != current) {
            return lock.validate(stamp);
        }
        listener.call(lock, site);
        boolean valid = lock.validate(stamp);
        listener.validated(lock, valid);
        returned(valid, site);
        return valid;
    }

    // ---- final fields ---------------------------------------------------------------------------------------------

    /** First in a constructor of a class with final fields of reference types: returns what {@link #constructed} wants. */
    public static int constructing() {
        return Thread.currentThread() == current ? listener.constructing() : 0;
    }

    /** Last in such a constructor. */
    public static void constructed(Object self, int begin) {
        if (Thread.currentThread() == current) {
            listener.constructed(self, begin);
        }
    }

    /** Before such a field is read. */
    public static void finalRead(Object owner) {
        if (Thread.currentThread() == current) {
            Outlined.finalRead(owner);
        }
    }

    // ---- monitors -----------------------------------------------------------------------------------------------

    public static void monitorEnter(Object lock, int site) {
        Objects.requireNonNull(lock); // as monitorenter does
        if (Thread.currentThread() == current) {
            listener.monitorEnter(lock, site);
        }
    }

    public static void monitorExit(Object lock, int site) {
        if (Thread.currentThread() == current) {
            listener.monitorExit(lock, site);
        }
    }

    public static void jdkMonitorEnter(Object lock) {
        if (current != null && Thread.currentThread() == current && lock != null) {
            listener.jdkMonitorEnter(lock);
        }
    }

    public static void jdkMonitorEnter(Object lock, int site) {
        if (current != null && Thread.currentThread() == current && lock != null) {
            listener.jdkMonitorEnter(lock, site);
        }
    }

    /** Before a {@code monitorenter} of a class that waits at its monitors: returns what to lock. */
    public static Object jdkMonitorStandIn(Object lock) {
        if (current != null && Thread.currentThread() == current && lock != null) {
            listener.jdkMonitorEnter(lock);
            return new StandIn(lock);
        }
        return lock;
    }

    public static void jdkMonitorExit(Object lock) {
        if (current != null && Thread.currentThread() == current && lock != null) {
            listener.jdkMonitorExit(lock instanceof StandIn standIn ? standIn.target : lock);
        }
    }

    public static void monitorWait(Object lock, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.monitorWait(lock, 0, site);
        } else {
            outsideWait(lock, 0, 0);
        }
    }

    public static void monitorWait(Object lock, long millis, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.monitorWait(lock, nanos(millis, 0), site);
        } else {
            outsideWait(lock, millis, 0);
        }
    }

    public static void monitorWait(Object lock, long millis, int nanos, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.monitorWait(lock, nanos(millis, nanos), site);
        } else {
            outsideWait(lock, millis, nanos);
        }
    }

    /** Campaign code has no real monitors: on a thread from outside a wait ends soon, without a reason, as it may. */
    private static void outsideWait(Object lock, long millis, int nanos) throws InterruptedException {
        if (Thread.holdsLock(lock)) {
            lock.wait(millis, nanos);
        } else {
            Thread.sleep(1);
        }
    }

    private static void outsideNotify(Object lock, boolean all) {
        if (Thread.holdsLock(lock)) {
            lock.notifyAll(); // may be more than was asked for, never less
        }
        if (campaign) {
            listener.outsideNotify(lock, all);
        }
    }

    public static void monitorNotify(Object lock, int site) {
        if (Thread.currentThread() == current) {
            listener.monitorNotify(lock, false, site);
        } else {
            outsideNotify(lock, false);
        }
    }

    public static void monitorNotifyAll(Object lock, int site) {
        if (Thread.currentThread() == current) {
            listener.monitorNotify(lock, true, site);
        } else {
            outsideNotify(lock, true);
        }
    }

    public static void jdkMonitorWait(Object lock) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.jdkMonitorWait(lock, 0);
        } else {
            lock.wait();
        }
    }

    public static void jdkMonitorWait(Object lock, long millis) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.jdkMonitorWait(lock, nanos(millis, 0));
        } else {
            lock.wait(millis);
        }
    }

    public static void jdkMonitorWait(Object lock, long millis, int nanos) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.jdkMonitorWait(lock, nanos(millis, nanos));
        } else {
            lock.wait(millis, nanos);
        }
    }

    public static void jdkMonitorNotify(Object lock) {
        if (Thread.currentThread() == current) {
            listener.monitorNotify(lock, false, 0);
        } else {
            lock.notify();
        }
    }

    public static void jdkMonitorNotifyAll(Object lock) {
        if (Thread.currentThread() == current) {
            listener.monitorNotify(lock, true, 0);
        } else {
            lock.notifyAll();
        }
    }

    public static void timedWait(TimeUnit unit, Object lock, long timeout, int site) throws InterruptedException {
        if (Thread.currentThread() != current) {
            unit.timedWait(lock, timeout);
        } else if (timeout > 0) {
            listener.monitorWait(lock, unit.toNanos(timeout), site);
        }
    }

    public static boolean holdsLock(Object lock) {
        Objects.requireNonNull(lock);
        return Thread.currentThread() == current ? listener.holdsLock(lock) : Thread.holdsLock(lock);
    }

    // ---- class initialisers, loops ------------------------------------------------------------------------------

    public static void initEnter() {
        if (Thread.currentThread() == current) {
            listener.initEnter();
        }
    }

    public static void initExit() {
        if (Thread.currentThread() == current) {
            listener.initExit();
        }
    }

    /** On every backward jump of campaign code. */
    public static void loop() {
        if (--fuel < 0) {
            if (Thread.currentThread() == current) {
                listener.outOfFuel();
            } else {
                fuel = Integer.MAX_VALUE;
            }
        }
    }

    // ---- threads ------------------------------------------------------------------------------------------------

    public static boolean start(Thread thread) {
        return Thread.currentThread() == current && listener.start(thread);
    }

    /** First in the {@code run} of a thread class; nothing unless {@code thread} runs itself. */
    public static void begin(Thread thread) {
        if (campaign && Thread.currentThread() == thread) {
            listener.outsideBegin(thread);
        }
    }

    public static void exit(Thread thread) {
        if (Thread.currentThread() == current) {
            listener.exit(thread);
        }
    }

    public static void join(Thread thread, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.join(thread, 0, site);
        } else {
            thread.join();
        }
    }

    public static void join(Thread thread, long millis, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.join(thread, nanos(millis, 0), site);
        } else {
            thread.join(millis);
        }
    }

    public static void join(Thread thread, long millis, int nanos, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.join(thread, nanos(millis, nanos), site);
        } else {
            thread.join(millis, nanos);
        }
    }

    public static boolean join(Thread thread, Duration duration, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            if (thread.getState() == Thread.State.NEW) {
                throw new IllegalThreadStateException("Thread not started");
            }
            return listener.join(thread, Math.max(1, nanos(duration)), site);
        }
        thread.join(Math.max(1, duration.toMillis()));
        return !thread.isAlive();
    }

    public static void timedJoin(TimeUnit unit, Thread thread, long timeout, int site) throws InterruptedException {
        if (Thread.currentThread() != current) {
            unit.timedJoin(thread, timeout);
        } else if (timeout > 0) {
            listener.join(thread, unit.toNanos(timeout), site);
        }
    }

    /** First in {@code Thread.join(long)}: true when the wait is over. */
    public static boolean jdkJoin(Thread thread, long millis) throws InterruptedException {
        if (millis >= 0 && Thread.currentThread() == current) {
            listener.join(thread, nanos(millis, 0), 0);
            return true;
        }
        return false;
    }

    public static boolean isAlive(Thread thread, int site) {
        return Thread.currentThread() == current ? listener.isAlive(thread, site) : thread.isAlive();
    }

    /** First in {@code Thread.alive}: 1 or 0, or -1 to let the method go on. */
    public static int alive(Thread thread) {
        Thread.State state = state(thread);
        return state == null ? -1 : state == Thread.State.NEW || state == Thread.State.TERMINATED ? 0 : 1;
    }

    /** First in {@code Thread.getState} or {@code threadState}: null lets the method go on. */
    public static Thread.@Nullable State state(Thread thread) {
        return campaign ? listener.outsideState(thread) : null;
    }

    public static void sleep(long millis, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            if (millis < 0) {
                throw new IllegalArgumentException("timeout value is negative");
            }
            listener.sleep(nanos(millis, 0), site);
        } else {
            Thread.sleep(millis);
        }
    }

    public static void sleep(long millis, int nanos, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            if (millis < 0) {
                throw new IllegalArgumentException("timeout value is negative");
            }
            listener.sleep(nanos(millis, nanos), site);
        } else {
            Thread.sleep(millis, nanos);
        }
    }

    public static void sleep(Duration duration, int site) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.sleep(Math.max(0, nanos(duration)), site);
        } else {
            Thread.sleep(Math.max(0, duration.toMillis()));
        }
    }

    public static void sleep(TimeUnit unit, long timeout, int site) throws InterruptedException {
        if (Thread.currentThread() != current) {
            unit.sleep(timeout);
        } else if (timeout > 0) {
            listener.sleep(unit.toNanos(timeout), site);
        }
    }

    public static void jdkSleep(long millis) throws InterruptedException {
        sleep(millis, 0);
    }

    public static void jdkSleep(long millis, int nanos) throws InterruptedException {
        sleep(millis, nanos, 0);
    }

    /** First in the private {@code Thread.sleepNanos}: true when slept. */
    public static boolean jdkSleepNanos(long nanos) throws InterruptedException {
        if (Thread.currentThread() == current) {
            listener.sleep(nanos, 0);
            return true;
        }
        return false;
    }

    public static void yield(int site) {
        if (Thread.currentThread() == current) {
            listener.yield(site);
        } else {
            Thread.yield();
        }
    }

    public static void onSpinWait(int site) {
        if (Thread.currentThread() == current) {
            listener.yield(site);
        } else {
            Thread.onSpinWait();
        }
    }

    public static void jdkYield() {
        if (Thread.currentThread() == current) {
            listener.jdkYield();
        } else {
            Thread.yield();
        }
    }

    /** Before an executor of the JDK runs a task. */
    public static void task() {
        if (current != null && Thread.currentThread() == current) {
            listener.task();
        }
    }

    public static void jdkOnSpinWait() {
        if (Thread.currentThread() == current) {
            listener.jdkSpinWait();
        } else {
            Thread.onSpinWait();
        }
    }

    /** First in {@code Thread.interrupt}: true when done. */
    public static boolean interrupt(Thread thread) {
        return campaign && listener.outsideInterrupt(thread);
    }

    /** First in {@code Thread.isInterrupted}: 1 or 0, or -1 to let the method go on. */
    public static int isInterrupted(Thread thread) {
        return campaign ? listener.outsideIsInterrupted(thread) : -1;
    }

    /** First in {@code Thread.dispatchUncaughtException} and {@code ThreadGroup.uncaughtException}: true when done. */
    public static boolean uncaught(Thread thread, Throwable thrown) {
        return campaign && listener.outsideUncaught(thread, thrown);
    }

    // ---- park ---------------------------------------------------------------------------------------------------

    public static boolean park(Object blocker) {
        if (Thread.currentThread() == current) {
            listener.park(blocker, 0);
            return true;
        }
        return false;
    }

    public static boolean parkNanos(Object blocker, long nanos) {
        if (Thread.currentThread() == current) {
            if (nanos > 0) {
                listener.park(blocker, nanos);
            }
            return true;
        }
        return false;
    }

    public static boolean parkUntil(Object blocker, long deadlineMillis) {
        if (Thread.currentThread() == current) {
            long millis = deadlineMillis - listener.currentTimeMillis();
            if (millis > 0) {
                listener.park(blocker, nanos(millis, 0));
            }
            return true;
        }
        return false;
    }

    public static boolean unpark(Thread thread) {
        if (Thread.currentThread() == current) {
            return thread != null && listener.unpark(thread);
        }
        return campaign && thread != null && listener.outsideUnpark(thread);
    }

    /** In place of {@code Unsafe.park} in {@code java.util.concurrent}. */
    public static void unsafePark(Object unsafe, boolean absolute, long time) {
        if (absolute) {
            LockSupport.parkUntil(time);
        } else if (time == 0) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(time);
        }
    }

    /** In place of {@code Unsafe.unpark} in {@code java.util.concurrent}. */
    public static void unsafeUnpark(Object unsafe, Object thread) {
        LockSupport.unpark((Thread) thread);
    }

    // ---- time and determinism -----------------------------------------------------------------------------------

    public static long nanoTime() {
        return Thread.currentThread() == current ? listener.nanoTime() : System.nanoTime();
    }

    public static long currentTimeMillis() {
        return Thread.currentThread() == current ? listener.currentTimeMillis() : System.currentTimeMillis();
    }

    /** Behind {@code VM.getNanoTimeAdjustment(long)}, whose answer is passed in: the virtual one on a managed thread. */
    public static long nanoTimeAdjustment(long offsetSeconds, long real) {
        return Thread.currentThread() == current ? listener.nanoTimeAdjustment(offsetSeconds) : real;
    }

    public static int threadNumber() {
        return Thread.currentThread() == current ? listener.threadNumber() : -1;
    }

    /** First in {@code ThreadLocalRandom.localInit}: true when done. */
    public static boolean randomInit() {
        if (Thread.currentThread() == current) {
            listener.randomInit();
            return true;
        }
        return false;
    }

    /** Managed threads have identifiers from here on. */
    public static final long FIRST_THREAD_ID = 1L << 32;

    /** How many of them an execution has. */
    public static final long THREAD_IDS = 1L << 20;

    /**
     * Behind the read of a thread's identifier in {@code getId} and {@code threadId}: what the program sees of it. The JVM knows
     * the owners of monitors by it, so that no two threads may have the same one; but to a program, executions must look alike.
     */
    public static long visibleThreadId(long id) {
        return id < FIRST_THREAD_ID ? id : FIRST_THREAD_ID + (id & THREAD_IDS - 1);
    }

    /** First where a new thread gets its identifier: -1 to let the method go on. */
    public static long threadId() {
        return Thread.currentThread() == current ? listener.threadId() : -1;
    }

    public static ForkJoinPool commonPool(ForkJoinPool original) {
        return Thread.currentThread() == current ? listener.commonPool(original) : original;
    }

    public static Executor asyncPool(Executor original) {
        return Thread.currentThread() == current ? listener.asyncPool(original) : original;
    }

    public static Object staticPool(Object original) {
        return Thread.currentThread() == current ? listener.staticPool(original) : original;
    }

    public static @Nullable Thread virtualThread(String name, int characteristics, Runnable task) {
        return Thread.currentThread() == current ? listener.virtualThread(name, characteristics, task) : null;
    }

    /** Behind a read of {@code ImmutableCollections.SALT32L}. */
    public static long salt(long original) {
        return Thread.currentThread() == current ? 0x9E3779B9L : original;
    }

    /** Behind a read of {@code ImmutableCollections.REVERSE}. */
    public static boolean reverse(boolean original) {
        return Thread.currentThread() != current && original;
    }

    public static UUID randomUUID() {
        if (Thread.currentThread() != current) {
            return UUID.randomUUID();
        }
        long high = (listener.randomLong() & ~0xF000L) | 0x4000L;
        long low = (listener.randomLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** First in what gives {@code SecureRandom} its bytes: true when done. */
    public static boolean randomBytes(byte[] bytes) {
        if (Thread.currentThread() != current) {
            return false;
        }
        long random = 0;
        for (int i = 0; i < bytes.length; i++) {
            random = i % Long.BYTES == 0 ? listener.randomLong() : random >>> Byte.SIZE;
            bytes[i] = (byte) random;
        }
        return true;
    }

    /** Returns whether the caller is a managed thread. */
    public static boolean isManaged() {
        return Thread.currentThread() == current;
    }

    public static void systemExit(int status) {
        if (Thread.currentThread() == current) {
            listener.systemExit(status);
        } else {
            System.exit(status);
        }
    }

    public static void exit(Runtime runtime, int status) {
        if (Thread.currentThread() == current) {
            listener.systemExit(status);
        } else {
            runtime.exit(status);
        }
    }

    public static void halt(Runtime runtime, int status) {
        if (Thread.currentThread() == current) {
            listener.systemExit(status);
        } else {
            runtime.halt(status);
        }
    }

    private static long nanos(long millis, int nanos) {
        return millis > Long.MAX_VALUE / 1_000_000 - 1 ? Long.MAX_VALUE : millis * 1_000_000 + nanos;
    }

    private static long nanos(Duration duration) {
        return duration.toSeconds() > Long.MAX_VALUE / 1_000_000_000 - 1 ? Long.MAX_VALUE : duration.toNanos();
    }
}
