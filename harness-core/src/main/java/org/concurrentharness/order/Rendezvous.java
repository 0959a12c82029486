package org.concurrentharness.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An interleaving written by hand: named points, which threads reach in the given order, whoever comes first.
 *
 * <pre>{@code
 * Rendezvous order = Rendezvous.of("looked", "changed", "acted");
 * // one thread                       // another
 * look();                             order.reach("changed");
 * order.reach("looked");              change();
 * order.reach("acted");
 * act();
 * }</pre>
 *
 * <p>A thread that reaches a point waits until all points before it have been reached, and goes on. What it does next runs beside
 * what the thread of the next point does; where that matters, there is another point after it. A point that is never reached is
 * told, with who waited where.
 *
 * <p>Thread-safe; each point is reached once. For real threads: in a campaign the harness finds the interleaving.
 *
 * @since 0.1
 */
public final class Rendezvous {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final List<String> points;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How many points have been reached, always the first ones; who did it is in the list. Guarded by the lock. */
    private final List<Visit> reached = new ArrayList<>();

    /** Who waits to reach a point. Guarded by the lock. */
    private final Map<String, Visit> waiting = new LinkedHashMap<>();

    private Rendezvous(Duration patience, List<String> points) {
        this.points = List.copyOf(points);
        this.patience = patience;
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A rendezvous needs a point.");
        }
        if (new HashSet<>(points).size() < points.size()) {
            throw new IllegalArgumentException("Points must have different names, but were " + points + ".");
        }
    }

    /** A thread at a point. */
    private record Visit(String point, Thread thread, String place) {
        @Override
        public String toString() {
            return "\"" + point + "\" by thread \"" + thread.getName() + "\" at " + place;
        }
    }

    /** Returns points to be reached in this order. */
    public static Rendezvous of(String... points) {
        return new Rendezvous(PATIENCE, List.of(points));
    }

    /** Returns these points, all yet to be reached, with how long a thread waits for a point before its own: by default 10 seconds. */
    public Rendezvous patience(Duration patience) {
        return new Rendezvous(patience, points);
    }

    /**
     * Waits until all points before this one have been reached, and reaches it.
     *
     * @throws InterruptedException when interrupted while it waits; the point is not reached then
     * @throws IllegalArgumentException when there is no such point
     * @throws IllegalStateException when a point before this one is not reached in time, or this one has been reached
     */
    public void reach(String point) throws InterruptedException {
        int index = points.indexOf(point);
        if (index < 0) {
            throw new IllegalArgumentException("There is no point \"" + point + "\"; the points are " + points + ".");
        }
        Visit visit = new Visit(point, Thread.currentThread(), place());
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            Visit other = reached.size() > index ? reached.get(index) : waiting.get(point);
            if (other != null) {
                throw new IllegalStateException("Reached twice: " + other + ", and now " + visit + ".");
            }
            waiting.put(point, visit);
            try {
                while (reached.size() < index) {
                    if (left <= 0) {
                        throw new IllegalStateException(neverReached());
                    }
                    left = changed.awaitNanos(left);
                }
            } finally {
                waiting.remove(point);
            }
            reached.add(visit);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private String neverReached() {
        StringBuilder message = new StringBuilder(
                "Point \"" + points.get(reached.size()) + "\" was not reached in " + patience.toMillis() + " ms.");
        reached.forEach(visit ->
                message.append(System.lineSeparator()).append("    reached ").append(visit));
        waiting.values()
                .forEach(visit -> message.append(System.lineSeparator())
                        .append("    waiting to reach ")
                        .append(visit));
        return message.toString();
    }

    /** Returns the points that have been reached so far, in order. */
    public List<String> reached() {
        lock.lock();
        try {
            return points.subList(0, reached.size());
        } finally {
            lock.unlock();
        }
    }

    private static String place() {
        return WALKER.walk(frames -> frames.filter(frame -> frame.getDeclaringClass() != Rendezvous.class)
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .orElse("an unknown place"));
    }
}
