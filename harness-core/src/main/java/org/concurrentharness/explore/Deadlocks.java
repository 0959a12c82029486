package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import org.jspecify.annotations.Nullable;

/** Tells who waits for what, and who holds it. */
final class Deadlocks {
    private Deadlocks() {}

    /** Describes an execution in which no thread can run. */
    static Outcome describe(Scheduler scheduler) {
        List<String> details = new ArrayList<>();
        for (int i = 0; i < scheduler.threads.size(); i++) {
            ManagedThread thread = scheduler.threads.get(i);
            if (thread.state != ManagedThread.State.TERMINATED) {
                details.add(line(scheduler, thread));
            }
        }
        List<ManagedThread> cycle = cycle(scheduler);
        String message = cycle.isEmpty()
                ? (details.size() == 1
                        ? "Deadlock: the only unfinished thread waits, and nothing can wake it."
                        : "Deadlock: all " + details.size() + " unfinished threads wait, and nothing can wake them.")
                : "Deadlock: " + names(cycle) + " wait for each other.";
        return Outcome.of(Failure.Kind.DEADLOCK, message, details);
    }

    /** Describes a cycle of lock owners among threads that outlived the body, or returns null. */
    static @Nullable Outcome amongLeaked(Scheduler scheduler) {
        return cycle(scheduler).isEmpty() ? null : describe(scheduler);
    }

    /** Returns true when threads wait for each other in a circle, out of which nobody else can help them. */
    static boolean hasCycle(Scheduler scheduler) {
        return !cycle(scheduler).isEmpty();
    }

    private static String names(List<ManagedThread> threads) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < threads.size(); i++) {
            names.append(i == 0 ? "" : i == threads.size() - 1 ? " and " : ", ")
                    .append(threads.get(i).name());
        }
        return names.toString();
    }

    /** Returns the threads of a cycle, in its order, or nothing. */
    private static List<ManagedThread> cycle(Scheduler scheduler) {
        for (int i = 0; i < scheduler.threads.size(); i++) {
            List<ManagedThread> path = new ArrayList<>();
            ManagedThread thread = scheduler.threads.get(i);
            while (thread != null && thread.state != ManagedThread.State.TERMINATED && !path.contains(thread)) {
                path.add(thread);
                thread = holder(scheduler, thread);
            }
            if (thread != null && path.contains(thread) && path.size() > 1 && path.indexOf(thread) == 0) {
                return path;
            }
        }
        return List.of();
    }

    /** Returns the managed thread that {@code waiting} waits for, where there is just one. */
    private static @Nullable ManagedThread holder(Scheduler scheduler, ManagedThread waiting) {
        return switch (waiting.state) {
            case BLOCKED -> waiting.lock == null ? null : waiting.lock.owner;
            case JOINING -> waiting.joined;
            case PARKED ->
                waiting.blocker instanceof AbstractOwnableSynchronizer lock
                        ? scheduler.threads.find(JdkInternals.owner(lock))
                        : null;
            default -> null;
        };
    }

    /** Describes one unfinished thread. */
    static String line(Scheduler scheduler, ManagedThread thread) {
        StringBuilder line = new StringBuilder(thread.name());
        switch (thread.state) {
            case BLOCKED -> {
                line.append(" waits for the monitor of ").append(lockName(thread.lock));
                appendMonitorOwner(line, thread.lock);
            }
            case WAITING -> line.append(" waits to be notified at ").append(lockName(thread.lock));
            case PARKED -> {
                line.append(" waits for ").append(synchronizer(thread.blocker));
                if (thread.blocker instanceof AbstractOwnableSynchronizer lock) {
                    Thread owner = JdkInternals.owner(lock);
                    if (owner != null) {
                        ManagedThread holder = scheduler.threads.find(owner);
                        line.append(", held by ").append(holder == null ? owner.getName() : holder.name());
                        Recorder recorder = scheduler.recorder();
                        int taken = holder == null || recorder == null ? 0 : recorder.whereTaken(holder, lock);
                        if (taken != 0) {
                            line.append(" (taken at ")
                                    .append(Messages.place(taken))
                                    .append(')');
                        }
                    }
                }
            }
            case SLEEPING -> line.append(" sleeps");
            case JOINING ->
                line.append(" waits for ")
                        .append(thread.joined == null ? "a thread" : thread.joined.name())
                        .append(" to end");
            case RUNNABLE -> line.append(" could run");
            case TERMINATED -> line.append(" has ended");
        }
        if (thread.site != 0) {
            line.append(", at ").append(Messages.place(thread.site));
        }
        return line.toString();
    }

    private static void appendMonitorOwner(StringBuilder line, @Nullable Shadow lock) {
        if (lock != null && lock.owner != null) {
            line.append(", held by ").append(lock.owner.name());
            if (lock.site != 0) {
                line.append(" (taken at ").append(Messages.place(lock.site)).append(')');
            }
        }
    }

    private static String lockName(@Nullable Shadow lock) {
        Object object = lock == null ? null : lock.object;
        if (object == null) {
            return "an object";
        }
        return object instanceof Class<?> type
                ? "class " + type.getName()
                : object.getClass().getName();
    }

    /** Names what a thread is parked at by the public class that the blocker belongs to. */
    private static String synchronizer(@Nullable Object blocker) {
        if (blocker == null) {
            return "a permit (LockSupport.unpark)";
        }
        String name = blocker.getClass().getName();
        if (name.endsWith("$ConditionObject")) {
            return "a signal of a java.util.concurrent.locks.Condition";
        }
        int inner = name.indexOf('$');
        return inner < 0 || !name.startsWith("java.") ? name : name.substring(0, inner);
    }
}
