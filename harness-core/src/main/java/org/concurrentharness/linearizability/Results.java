package org.concurrentharness.linearizability;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the results of operations: those that are equal have the same number. */
final class Results {
    /** The operation blocks for ever. */
    static final int BLOCKED = -1;

    /** The operation was not called, or has not returned. */
    static final int NONE = -2;

    private final Map<@Nullable Object, Integer> numbers = new HashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** An exception as a result. */
    private record Thrown(String type) {
        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1);
        }
    }

    private enum Nothing {
        VOID;

        @Override
        public String toString() {
            return "void";
        }
    }

    /** Returns what an operation that returns nothing returns. */
    static Object nothing() {
        return Nothing.VOID;
    }

    /** Returns what an operation that throws returns: the exception's type decides. */
    static Object thrown(Exception e) {
        return new Thrown(e.getClass().getName());
    }

    /** Returns the number of a result. */
    int number(@Nullable Object value) {
        Object result = value != null && value.getClass().isArray() ? elements(value) : value;
        Integer known = numbers.get(result);
        if (known != null) {
            return known;
        }
        values.add(result);
        numbers.put(result, values.size() - 1);
        return values.size() - 1;
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            Object element = Array.get(array, i);
            elements.add(element != null && element.getClass().isArray() ? elements(element) : element);
        }
        return elements;
    }

    /** Returns a result as reports show it. */
    String text(int number) {
        if (number == BLOCKED) {
            return "blocks";
        }
        if (number == NONE) {
            return "not called";
        }
        Object value = values.get(number);
        if (value instanceof CharSequence) {
            return "\"" + value + "\"";
        }
        if (value instanceof Character) {
            return "'" + value + "'";
        }
        if (value instanceof Thrown) {
            return "throws " + value;
        }
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "a " + (value == null ? "null" : value.getClass().getSimpleName()) + " whose toString throws "
                    + e.getClass().getSimpleName();
        }
    }

    /** Returns whether a result is that of an operation that returns nothing. */
    boolean isNothing(int number) {
        return number >= 0 && values.get(number) == Nothing.VOID;
    }
}
