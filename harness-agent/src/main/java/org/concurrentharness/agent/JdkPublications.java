package org.concurrentharness.agent;

import java.util.Map;
import java.util.Set;

/**
 * Knows the fields that {@code java.util.concurrent} reads as plain ones, though other threads' objects become known through them, or
 * what it does next depends on when another thread has written them.
 *
 * <p>Such code relies on fences, and on the fact that what is read through a reference was written before the reference was
 * published: compilers and processors grant it, the modes of the single accesses do not say it. Each case stands here with its
 * reason, as read in the sources of JDK 17 and 25. All other plain accesses in that package are either under a lock, or of objects
 * that a volatile access publishes.
 */
final class JdkPublications {
    private static final int READ = MemoryModes.READS | MemoryModes.ACQUIRES;
    private static final int RELEASE = MemoryModes.WRITES | MemoryModes.RELEASES;

    /** The {@link MemoryModes} of plain reads and of plain writes of a field. */
    private record Modes(int read, int write) {}

    /** What is written before is published with it. */
    private static final Modes PUBLISHES = new Modes(READ, RELEASE);

    /** Published by other accesses than the plain ones. */
    private static final Modes LINK = new Modes(READ, MemoryModes.WRITES);

    /** Hands nothing on. */
    private static final Modes INDEX = new Modes(MemoryModes.READS, MemoryModes.WRITES);

    private static final String PACKAGE = "java/util/concurrent/";
    private static final String TASK_QUEUE = PACKAGE + "ForkJoinPool$WorkQueue";

    private static final Map<String, Modes> FIELDS = Map.ofEntries(
            // Every method begins with an acquireFence and goes on by reading what it has just read a reference to;
            // links and values
            // are set by compareAndSet, or plainly before a releaseFence (clone, readObject).
            Map.entry(PACKAGE + "ConcurrentSkipListMap.head", PUBLISHES),
            Map.entry(PACKAGE + "ConcurrentSkipListMap.adder", PUBLISHES),
            Map.entry(PACKAGE + "ConcurrentSkipListMap$Node.next", PUBLISHES),
            Map.entry(PACKAGE + "ConcurrentSkipListMap$Node.val", PUBLISHES),
            Map.entry(PACKAGE + "ConcurrentSkipListMap$Index.right", PUBLISHES),
            // Since JDK 25: set by compareAndExchange, read plainly between volatile accesses of the items. A plain
            // write links a
            // node that is no longer used to itself, and hands nothing on.
            Map.entry(PACKAGE + "LinkedTransferQueue$DualNode.next", LINK),
            // A grown array: tasks are copied into it plainly, then a releaseFence, or a fully fenced write. Who takes
            // a task reads
            // it through the array.
            Map.entry(TASK_QUEUE + ".array", PUBLISHES),
            // Where a queue begins and ends: other threads read them to see whether there may be a task, and check by
            // the slot. They
            // hand nothing on, but a thread that reads them late does something else.
            Map.entry(TASK_QUEUE + ".base", INDEX),
            Map.entry(TASK_QUEUE + ".top", INDEX),
            // The same for items; the fence is behind the write of the array, and before the one that makes items
            // known.
            Map.entry(PACKAGE + "SubmissionPublisher$BufferedSubscription.array", PUBLISHES));

    /** Their names: most fields are known by theirs not to be among them. */
    private static final Set<String> NAMES = Set.of("head", "adder", "next", "val", "right", "array", "base", "top");

    private JdkPublications() {}

    /** Returns whether accesses of a plain field are reported as ones that synchronize. */
    static boolean contains(String owner, String name) {
        return NAMES.contains(name) && FIELDS.containsKey(owner + '.' + name);
    }

    /** Returns the {@link MemoryModes} of an access of such a field. */
    static int modes(String owner, String name, boolean isRead) {
        Modes modes = FIELDS.getOrDefault(owner + '.' + name, LINK);
        return isRead ? modes.read : modes.write;
    }

    /**
     * Returns whether a class stores tasks plainly into an array from which others take them by compareAndSet. The pool's queues do
     * when a task comes from outside the pool: under the queue's lock, which a compareAndSet has taken. That is a full fence, so that
     * the plain store behind it releases what was written before.
     */
    static boolean storesTasks(String className) {
        return className.equals(TASK_QUEUE);
    }

    /** The modes of such a store. */
    static int ofTask() {
        return RELEASE;
    }
}
