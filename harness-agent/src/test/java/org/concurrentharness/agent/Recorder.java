package org.concurrentharness.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.concurrentharness.probe.Probe;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Writes down what the probe hears, and lets everything happen as on one thread. */
final class Recorder extends ProbeListener {
    final List<String> events = new ArrayList<>();
    boolean jdk;
    boolean accesses;

    /** The location that accesses through handles are expected to have. */
    int expected;

    /**
     * Runs the static method {@code run} of a class as a managed thread.
     *
     * @return what it returned
     */
    static @Nullable Object run(Class<?> program, Recorder recorder, Object... arguments) throws Throwable {
        Method run = null;
        for (Method method : program.getDeclaredMethods()) {
            if (method.getName().equals("run")) {
                run = method;
            }
        }
        if (run == null) {
            throw new AssertionError(program + " has no method run");
        }
        run.setAccessible(true);
        Probe.listener = recorder;
        Probe.recording = true;
        Probe.fuel = Integer.MAX_VALUE;
        Probe.current = Thread.currentThread();
        try {
            return run.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            Probe.current = null;
            Probe.recording = false;
        }
    }

    private void add(String event, int site) {
        Site where = Sites.get(site);
        add(event + ' ' + where.target());
    }

    private void add(String event) {
        // off: the list's own methods may be rewritten, and assertions are not part of the program
        Thread self = Probe.current;
        Probe.current = null;
        events.add(event);
        Probe.current = self;
    }

    private static String name(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getSimpleName();
    }

    @Override
    public void volatileRead(Object owner, int site) {
        add("read " + name(owner), site);
    }

    @Override
    public void volatileWrite(Object owner, int site) {
        add("write " + name(owner), site);
    }

    @Override
    public void access(@Nullable Object handle, @Nullable Object target, int index, int site) {
        accessed(target, handle == null ? 0 : Locations.of(handle, index), site);
    }

    @Override
    public void unsafeAccess(@Nullable Object target, long offset, int site) {
        accessed(target, target == null ? 0 : Locations.ofOffset(target, offset), site);
    }

    private void accessed(@Nullable Object target, int location, int site) {
        String kind = Sites.get(site).kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        add(kind + ' ' + name(target) + ' ' + (location == expected ? "expected" : location), site);
    }

    @Override
    public void jdkRead(@Nullable Object owner, int site) {
        if (accesses) {
            add("jdk read " + name(owner), site);
        }
    }

    @Override
    public void jdkWrite(@Nullable Object owner, int site) {
        if (accesses) {
            add("jdk write " + name(owner), site);
        }
    }

    @Override
    public void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {
        if (accesses) {
            accessed(target, handle == null ? 0 : Locations.of(handle, index), site);
        }
    }

    @Override
    public void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {
        if (accesses) {
            accessed(target, target == null ? 0 : Locations.ofOffset(target, offset), site);
        }
    }

    @Override
    public void read(@Nullable Object owner, int site) {
        add("plain read " + name(owner), site);
    }

    @Override
    public void write(@Nullable Object owner, int site) {
        add("plain write " + name(owner), site);
    }

    @Override
    public void arrayRead(@Nullable Object array, int index, int site) {
        add("array read " + name(array) + ' ' + index);
    }

    @Override
    public void arrayWrite(@Nullable Object array, int index, int site) {
        add("array write " + name(array) + ' ' + index);
    }

    @Override
    public void call(@Nullable Object receiver, int site) {
        add("call " + name(receiver), site);
    }

    @Override
    public void callSynchronized(Object receiver, int site) {
        add("callSynchronized " + name(receiver), site);
    }

    @Override
    public void returned(Object value, int site) {
        add("-> "
                + (value instanceof String || value instanceof Number || value instanceof Boolean
                        ? value
                        : name(value)));
    }

    @Override
    public void monitorEnter(Object lock, int site) {
        add("enter " + (lock instanceof Class<?> type ? type.getSimpleName() + ".class" : name(lock)));
    }

    @Override
    public void monitorExit(Object lock, int site) {
        add("exit " + (lock instanceof Class<?> type ? type.getSimpleName() + ".class" : name(lock)));
    }

    @Override
    public void jdkMonitorEnter(Object lock) {
        if (jdk) {
            add("jdkEnter " + name(lock));
        }
    }

    @Override
    public void jdkMonitorExit(Object lock) {
        if (jdk) {
            add("jdkExit " + name(lock) + (Thread.holdsLock(lock) ? " held" : ""));
        }
    }

    @Override
    public void monitorWait(Object lock, long nanos, int site) {
        add("wait " + nanos, site);
    }

    @Override
    public void jdkMonitorWait(Object lock, long nanos) {
        add("jdkWait " + nanos);
    }

    @Override
    public void monitorNotify(Object lock, boolean all, int site) {
        add((all ? "notifyAll " : "notify ") + name(lock), site);
    }

    @Override
    public boolean holdsLock(Object lock) {
        add("holdsLock " + name(lock));
        return true;
    }

    @Override
    public void initEnter() {
        add("initEnter");
    }

    @Override
    public void initExit() {
        add("initExit");
    }

    @Override
    public void outOfFuel() {
        add("outOfFuel");
        Probe.fuel = Integer.MAX_VALUE;
    }

    @Override
    public boolean start(Thread thread) {
        add("start " + thread.getName());
        return true;
    }

    @Override
    public void outsideBegin(Thread thread) {
        add("begin " + thread.getName());
    }

    @Override
    public void exit(Thread thread) {
        add("exit " + thread.getName());
    }

    @Override
    public boolean join(Thread thread, long nanos, int site) {
        add("join " + nanos, site);
        return true;
    }

    @Override
    public boolean isAlive(Thread thread, int site) {
        add("isAlive", site);
        return true;
    }

    @Override
    public Thread.State outsideState(Thread thread) {
        return null;
    }

    @Override
    public void sleep(long nanos, int site) {
        add("sleep " + nanos, site);
    }

    @Override
    public void yield(int site) {
        add("yield", site);
    }

    @Override
    public void jdkYield() {
        add("jdkYield");
    }

    @Override
    public void jdkSpinWait() {
        add("jdkSpinWait");
    }

    @Override
    public boolean outsideInterrupt(Thread thread) {
        return false;
    }

    @Override
    public int outsideIsInterrupted(Thread thread) {
        return -1;
    }

    @Override
    public boolean outsideUncaught(Thread thread, Throwable thrown) {
        return false;
    }

    @Override
    public void park(Object blocker, long nanos) {
        add("park " + name(blocker) + ' ' + nanos);
    }

    @Override
    public boolean unpark(Thread thread) {
        add("unpark");
        return true;
    }

    @Override
    public boolean outsideUnpark(Thread thread) {
        return false;
    }

    @Override
    public long nanoTime() {
        return 42;
    }

    @Override
    public long currentTimeMillis() {
        return 4_200;
    }

    @Override
    public long nanoTimeAdjustment(long offsetSeconds) {
        return 4_200_000_000L - offsetSeconds * 1_000_000_000L;
    }

    @Override
    public long threadId() {
        return -1;
    }

    @Override
    public int threadNumber() {
        return 7;
    }

    @Override
    public ForkJoinPool commonPool(ForkJoinPool original) {
        add("commonPool");
        return original;
    }

    @Override
    public Executor asyncPool(Executor original) {
        add("asyncPool");
        return original;
    }

    @Override
    public Object staticPool(Object original) {
        add("staticPool");
        return original;
    }

    @Override
    public Thread virtualThread(String name, int characteristics, Runnable task) {
        return null;
    }

    @Override
    public long randomLong() {
        return 0;
    }

    @Override
    public void systemExit(int status) {
        add("systemExit " + status);
    }
}
