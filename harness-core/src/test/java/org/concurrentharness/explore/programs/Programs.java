package org.concurrentharness.explore.programs;

import java.util.List;
import org.concurrentharness.explore.ExplorationBody;

/**
 * Small programs in the shapes of the field's collections (SCTBench, JaConTeBe), each broken and mended; none races on plain
 * fields, so that only schedules tell the two apart.
 */
public final class Programs {
    private Programs() {}

    /**
     * A program.
     *
     * @param name its name
     * @param deadlock true when the broken one hangs, false when it throws
     * @param broken the one with the bug
     * @param mended the one without
     */
    public record Twin(String name, boolean deadlock, ExplorationBody broken, ExplorationBody mended) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static final List<Twin> ALL = List.of(
            new Twin("account", false, () -> Checks.account(true), () -> Checks.account(false)),
            new Twin("lazy", false, () -> Checks.lazy(true), () -> Checks.lazy(false)),
            new Twin("queue", false, () -> Checks.queue(true), () -> Checks.queue(false)),
            new Twin("readersWriters", false, () -> Checks.readersWriters(true), () -> Checks.readersWriters(false)),
            new Twin("append", false, () -> Checks.append(true), () -> Checks.append(false)),
            new Twin("future", false, () -> Checks.future(true), () -> Checks.future(false)),
            new Twin("words", false, () -> Checks.words(true), () -> Checks.words(false)),
            new Twin("bluetooth", false, () -> Orders.bluetooth(true), () -> Orders.bluetooth(false)),
            new Twin("circularBuffer", false, () -> Orders.circularBuffer(true), () -> Orders.circularBuffer(false)),
            new Twin("tokenRing", false, () -> Orders.tokenRing(true), () -> Orders.tokenRing(false)),
            new Twin("twoStage", false, () -> Orders.twoStage(true), () -> Orders.twoStage(false)),
            new Twin("wrongLock", false, () -> Orders.wrongLock(true), () -> Orders.wrongLock(false)),
            new Twin("reusedNodes", false, () -> Orders.reusedNodes(true), () -> Orders.reusedNodes(false)),
            new Twin("carelessPop", false, () -> Orders.carelessPop(true), () -> Orders.carelessPop(false)),
            new Twin("late", false, () -> Orders.late(true), () -> Orders.late(false)),
            new Twin("handshake", false, () -> Orders.handshake(true), () -> Orders.handshake(false)),
            new Twin("philosophers3", true, () -> Waits.philosophers(3, true), () -> Waits.philosophers(3, false)),
            new Twin("philosophers4", true, () -> Waits.philosophers(4, true), () -> Waits.philosophers(4, false)),
            new Twin("philosophers5", true, () -> Waits.philosophers(5, true), () -> Waits.philosophers(5, false)),
            new Twin("philosophers6", true, () -> Waits.philosophers(6, true), () -> Waits.philosophers(6, false)),
            new Twin("lostNotify", true, () -> Waits.lostNotify(true), () -> Waits.lostNotify(false)),
            new Twin("semaphore", true, () -> Waits.semaphore(true), () -> Waits.semaphore(false)),
            new Twin("condition", true, () -> Waits.condition(true), () -> Waits.condition(false)),
            new Twin("sharedPermit", true, () -> Waits.sharedPermit(true), () -> Waits.sharedPermit(false)),
            new Twin("circle", true, () -> Waits.circle(true), () -> Waits.circle(false)));

    static void check(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    /** Does nothing, in a place of its own. */
    static void nothing() {}
}
