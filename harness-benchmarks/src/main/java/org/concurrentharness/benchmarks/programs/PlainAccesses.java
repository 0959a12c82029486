package org.concurrentharness.benchmarks.programs;

/** One thread that reads and writes plain variables: all that it costs is what the race detector costs. */
public final class PlainAccesses {
    /** What is accessed. */
    public enum Target {
        /** Nothing: what an execution costs besides. */
        NOTHING,
        /** One field of one object. */
        FIELD,
        /** The elements of an array of 16, one after the other. */
        ELEMENTS,
        /** One field of each of 64 objects, one after the other. */
        OBJECTS
    }

    private static final int OBJECTS = 64;

    private static final class Node {
        private int value;
    }

    private final int[] array = new int[16];
    private final Node[] nodes = new Node[OBJECTS];
    private int field;

    /** Reads and writes {@code count} times. */
    public int run(Target target, int count) {
        for (int i = 0; i < OBJECTS; i++) {
            nodes[i] = new Node();
        }
        switch (target) {
            case FIELD -> {
                for (int i = 0; i < count; i++) {
                    field = field + i;
                }
            }
            case ELEMENTS -> {
                int[] elements = array;
                for (int i = 0; i < count; i++) {
                    elements[i & 15] = elements[(i + 1) & 15] + i;
                }
            }
            case OBJECTS -> {
                Node[] all = nodes.clone();
                for (int i = 0; i < count; i++) {
                    Node node = all[i & (OBJECTS - 1)];
                    node.value = node.value + i;
                }
            }
            default -> {
                // nothing
            }
        }
        return field + array[0];
    }
}
