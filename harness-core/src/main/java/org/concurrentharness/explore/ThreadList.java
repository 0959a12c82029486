package org.concurrentharness.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A short list of managed threads in order of arrival, without allocation once it has grown. */
final class ThreadList {
    private static final @Nullable ManagedThread[] NONE = {};
    private static final int FIRST_LENGTH = 2;

    /** Made when there is something to keep: most lists of most objects stay empty. */
    private @Nullable ManagedThread[] threads = NONE;

    private int size;

    int size() {
        return size;
    }

    ManagedThread get(int index) {
        ManagedThread result = threads[index];
        if (result == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return result;
    }

    boolean contains(ManagedThread thread) {
        for (int i = 0; i < size; i++) {
            if (threads[i] == thread) {
                return true;
            }
        }
        return false;
    }

    void add(ManagedThread thread) {
        if (size == threads.length) {
            threads = Arrays.copyOf(threads, Math.max(FIRST_LENGTH, 2 * size));
        }
        threads[size++] = thread;
    }

    void remove(ManagedThread thread) {
        for (int i = 0; i < size; i++) {
            if (threads[i] == thread) {
                size--;
                for (; i < size; i++) { // a list is too short for arraycopy to pay
                    threads[i] = threads[i + 1];
                }
                threads[size] = null;
                return;
            }
        }
    }

    void clear() {
        while (size > 0) {
            threads[--size] = null;
        }
    }
}
