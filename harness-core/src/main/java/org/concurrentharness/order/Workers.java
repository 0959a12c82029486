package org.concurrentharness.order;

import java.util.Map;

/** Looks at the threads of JUnit's executors. */
final class Workers {
    private static final String EXECUTOR = "org.junit.platform.engine.support.hierarchical.";

    private Workers() {}

    /**
     * Returns whether a thread runs a test, or code of JUnit or of an extension that belongs to one. A thread that waits within
     * the executor, for a task, for a lock, or at a gate, does not.
     */
    static boolean anyAtWork() {
        for (Map.Entry<Thread, StackTraceElement[]> each :
                Thread.getAllStackTraces().entrySet()) {
            if (each.getKey() != Thread.currentThread() && isAtWork(each.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAtWork(StackTraceElement[] stack) {
        boolean inTest = false;
        for (StackTraceElement frame : stack) {
            inTest |= frame.getClassName().equals(EXECUTOR + "NodeTestTask");
        }
        if (!inTest) {
            return false;
        }
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (type.startsWith(Gates.class.getName())) {
                return false;
            }
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                return !type.startsWith(EXECUTOR);
            }
        }
        return false;
    }
}
