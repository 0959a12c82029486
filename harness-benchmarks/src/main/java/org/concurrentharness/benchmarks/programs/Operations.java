package org.concurrentharness.benchmarks.programs;

/** Bodies that do one operation of the engine many times and little else. */
public final class Operations {
    private static final int OBJECTS = 64;

    private static final class Node {
        private int value;
    }

    private final int[] array = new int[16];
    private final Node[] nodes = new Node[OBJECTS];
    private final int[] sums = new int[2];
    private volatile int point;
    private int field;

    /** Reads a volatile field {@code count} times in each of two threads. */
    public void points(int count) throws InterruptedException {
        Thread other = new Thread(() -> sums[1] = readVolatile(count));
        other.start();
        sums[0] = readVolatile(count);
        other.join();
    }

    /** Writes a volatile field, together {@code count} times, in two threads. */
    public void writes(int count) throws InterruptedException {
        Thread other = new Thread(() -> writeVolatile(count / 2));
        other.start();
        writeVolatile(count - count / 2);
        other.join();
    }

    /** Reads a plain field {@code count} times. */
    public int fieldReads(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += field;
        }
        return sum;
    }

    /** Writes a plain field {@code count} times. */
    public void fieldWrites(int count) {
        for (int i = 0; i < count; i++) {
            field = i;
        }
    }

    /** Writes the elements of an array of 16, one after the other, {@code count} times. */
    public void elementWrites(int count) {
        int[] elements = array;
        for (int i = 0; i < count; i++) {
            elements[i & 15] = i;
        }
    }

    /** Reads and writes a field of each of 64 objects, one after the other, {@code count} times; each is read from an array before. */
    public void objectAccesses(int count) {
        for (int i = 0; i < OBJECTS; i++) {
            nodes[i] = new Node();
        }
        Node[] all = nodes;
        for (int i = 0; i < count; i++) {
            Node node = all[i & (OBJECTS - 1)];
            node.value = node.value + i;
        }
    }

    /** Enters and leaves a monitor that nobody else wants {@code count} times. */
    public void monitors(int count) {
        for (int i = 0; i < count; i++) {
            enterAndLeave();
        }
    }

    /** Starts two threads that do nothing, and waits for their ends. */
    public void twoThreads() throws InterruptedException {
        Thread first = new Thread(() -> {});
        Thread second = new Thread(() -> {});
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private synchronized void enterAndLeave() {
        field++;
    }

    private int readVolatile(int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += point;
        }
        return sum;
    }

    private void writeVolatile(int count) {
        for (int i = 0; i < count; i++) {
            point = i;
        }
    }
}
