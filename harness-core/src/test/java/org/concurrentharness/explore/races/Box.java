package org.concurrentharness.explore.races;

/** What the programs of the table hand from thread to thread: a plain variable of each kind. */
final class Box {
    int value;
    Object content;

    Box() {}

    Box(int value) {
        this.value = value;
    }

    /** Takes what was read, so that reading it stands in the program. */
    static void use(int value) {}

    /** Takes what was read. */
    static void use(Object value) {}

    /** A question to the shared state that has no effect. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Lets others go first until {@code condition} holds. */
    static void await(Condition condition) throws Exception {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }
}
