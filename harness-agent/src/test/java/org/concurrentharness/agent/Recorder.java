package org.concurrentharness.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    boolean collections;
    boolean swaps;
    private int constructions;

    /** Locations whose last write released. */
    private final Set<String> released = new HashSet<>();

    /** From now on, what was released before may be acquired. */
    boolean taking;

    /** What was acquired of what had been released. */
    final Set<String> ordered = new HashSet<>();

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

    private static final int NOWHERE = -1;
    private static final int IN_SITE = -2;

    /** Writes down a text, the class of an object, and what is acted on at a site. */
    private void named(String text, @Nullable Object object, int site) {
        Thread self = off();
        add(text, name(object), site);
        Probe.current = self;
    }

    private void numbered(String text, long number, int site) {
        Thread self = off();
        add(text, Long.toString(number), site);
        Probe.current = self;
    }

    private void add(String text) {
        Thread self = off();
        events.add(text);
        Probe.current = self;
    }

    private void add(String text, String more, int site) {
        events.add(text + more + (site == NOWHERE ? "" : " " + Sites.get(site).target()));
    }

    /** Putting strings together uses classes of the JDK that report what they do. */
    private static @Nullable Thread off() {
        Thread self = Probe.current;
        Probe.current = null;
        return self;
    }

    private static String name(@Nullable Object object) {
        if (object instanceof Class<?> type) {
            return type.getSimpleName().concat(".class");
        }
        return object == null ? "null" : object.getClass().getSimpleName();
    }

    private void numberless(String text, int site) {
        Thread self = off();
        add(text, "", site);
        Probe.current = self;
    }

    @Override
    public void volatileRead(Object owner, int site) {
        named("read ", owner, site);
    }

    @Override
    public void volatileWrite(Object owner, int site) {
        named("write ", owner, site);
    }

    @Override
    public void access(@Nullable Object handle, @Nullable Object target, int index, int site) {
        accessed(target, handle == null ? 0 : Locations.of(handle, index, site), site);
    }

    @Override
    public void unsafeAccess(@Nullable Object target, long offset, int site) {
        accessed(target, target == null ? 0 : Locations.ofOffset(target, offset), site);
    }

    private void accessed(@Nullable Object target, int location, int site) {
        Thread self = off();
        String kind = Sites.get(site).kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        add(kind + ' ' + name(target) + ' ', location == expected ? "expected" : Integer.toString(location), site);
        Probe.current = self;
    }

    @Override
    public void arrayRange(Object array, int from, int to, boolean write, int site) {
        Thread self = off();
        add((write ? "writes " : "reads ") + name(array) + " " + from + " to ", to + " in", site);
        Probe.current = self;
    }

    @Override
    public void optimisticRead(Object lock, long stamp) {
        add(stamp == 0 ? "no stamp" : "stamp");
    }

    @Override
    public void validated(Object lock, boolean valid) {
        add(valid ? "valid" : "not valid");
    }

    @Override
    public int constructing() {
        numbered("constructing ", ++constructions, NOWHERE);
        return constructions;
    }

    @Override
    public void constructed(Object self, int begin) {
        numbered("constructed ".concat(name(self)).concat(" "), begin, NOWHERE);
    }

    @Override
    public void finalRead(@Nullable Object owner) {
        named("final read ", owner, NOWHERE);
    }

    @Override
    public void swapped(boolean success) {
        if (swaps) {
            add(success ? "swapped" : "not swapped");
        }
    }

    @Override
    public void fence(int site) {
        numberless("fence", site);
    }

    private void order(@Nullable Object owner, int location, int site) {
        Thread self = off();
        String key = System.identityHashCode(owner) + ":" + (location == IN_SITE ? Sites.location(site) : location);
        int modes = Sites.modes[site];
        if (taking) {
            if ((modes & MemoryModes.ACQUIRES) != 0 && released.contains(key)) {
                ordered.add(name(owner) + " " + Sites.get(site).target());
            }
        } else if ((modes & MemoryModes.RELEASES) != 0) {
            released.add(key);
        } else if ((modes & MemoryModes.WRITES) != 0 && (modes & MemoryModes.READS) == 0) {
            released.remove(key);
        }
        Probe.current = self;
    }

    @Override
    public void jdkRead(@Nullable Object owner, int site) {
        order(owner, IN_SITE, site);
        if (accesses) {
            named("jdk read ", owner, site);
        }
    }

    @Override
    public void jdkWrite(@Nullable Object owner, int site) {
        order(owner, IN_SITE, site);
        if (accesses) {
            named("jdk write ", owner, site);
        }
    }

    @Override
    public void jdkAccess(@Nullable Object handle, @Nullable Object target, int index, int site) {
        Thread self = off();
        int location = handle == null ? 0 : Locations.of(handle, index, site);
        Probe.current = self;
        order(target, location, site);
        if (accesses) {
            accessed(target, location, site);
        }
    }

    @Override
    public void jdkUnsafeAccess(@Nullable Object target, long offset, int site) {
        Thread self = off();
        int location = target == null ? 0 : Locations.ofOffset(target, offset);
        Probe.current = self;
        order(target, location, site);
        if (accesses) {
            accessed(target, location, site);
        }
    }

    @Override
    public void read(@Nullable Object owner, int site) {
        named("plain read ", owner, site);
    }

    @Override
    public void write(@Nullable Object owner, int site) {
        named("plain write ", owner, site);
    }

    @Override
    public void arrayRead(@Nullable Object array, int index, int site) {
        numbered("array read ".concat(name(array)).concat(" "), index, NOWHERE);
    }

    @Override
    public void arrayWrite(@Nullable Object array, int index, int site) {
        numbered("array write ".concat(name(array)).concat(" "), index, NOWHERE);
    }

    @Override
    public void call(@Nullable Object receiver, int site) {
        named("call ", receiver, site);
    }

    @Override
    public void collection(Object receiver, int site) {
        if (collections) {
            Object backing = Backing.of(receiver);
            named(Sites.writes(site) ? "changes " : Sites.readOnly(site) ? "reads " : "uses ", backing, site);
        }
    }

    @Override
    public void callSynchronized(Object receiver, int site) {
        named("callSynchronized ", receiver, site);
    }

    @Override
    public void returned(Object value, int site) {
        Thread self = off();
        boolean plain = value instanceof String || value instanceof Number || value instanceof Boolean;
        add("-> ", plain ? value.toString() : name(value), NOWHERE);
        Probe.current = self;
    }

    @Override
    public void monitorEnter(Object lock, int site) {
        named("enter ", lock, NOWHERE);
    }

    @Override
    public void monitorExit(Object lock, int site) {
        named("exit ", lock, NOWHERE);
    }

    @Override
    public void jdkMonitorEnter(Object lock) {
        if (jdk) {
            named("jdkEnter ", lock, NOWHERE);
        }
    }

    @Override
    public void jdkMonitorExit(Object lock) {
        if (jdk) {
            named(Thread.holdsLock(lock) ? "held jdkExit " : "jdkExit ", lock, NOWHERE);
        }
    }

    @Override
    public void monitorWait(Object lock, long nanos, int site) {
        numbered("wait ", nanos, site);
    }

    @Override
    public void jdkMonitorWait(Object lock, long nanos) {
        numbered("jdkWait ", nanos, NOWHERE);
    }

    @Override
    public void monitorNotify(Object lock, boolean all, int site) {
        named(all ? "notifyAll " : "notify ", lock, site);
    }

    @Override
    public boolean holdsLock(Object lock) {
        named("holdsLock ", lock, NOWHERE);
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
        add("start ".concat(thread.getName()));
        return true;
    }

    @Override
    public void outsideBegin(Thread thread) {
        add("begin ".concat(thread.getName()));
    }

    @Override
    public void exit(Thread thread) {
        add("exit ".concat(thread.getName()));
    }

    @Override
    public boolean join(Thread thread, long nanos, int site) {
        numbered("join ", nanos, site);
        return true;
    }

    @Override
    public boolean isAlive(Thread thread, int site) {
        numberless("isAlive", site);
        return true;
    }

    @Override
    public Thread.State outsideState(Thread thread) {
        return null;
    }

    @Override
    public void sleep(long nanos, int site) {
        numbered("sleep ", nanos, site);
    }

    @Override
    public void yield(int site) {
        numberless("yield", site);
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
        numbered("park ".concat(name(blocker)).concat(" "), nanos, NOWHERE);
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
    public void task() {}

    @Override
    public void outsideNotify(Object lock, boolean all) {}

    @Override
    public void randomInit() {}

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
        numbered("systemExit ", status, NOWHERE);
    }
}
