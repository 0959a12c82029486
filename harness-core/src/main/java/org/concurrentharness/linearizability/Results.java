package org.concurrentharness.linearizability;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Numbers the results of operations: those that are equal have the same number. */
final class Results {
    /** The operation blocks for ever. */
    static final int BLOCKED = -1;

    /** The operation was not called, or has not returned. */
    static final int NONE = -2;

    private final Map<@Nullable Object, Integer> numbers = new HashMap<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** By number, for what may change: what it was when it was returned. */
    private final Map<Integer, String> before = new TreeMap<>();

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
        int number = values.size();
        values.add(result);
        numbers.put(result, number);
        return number;
    }

    /** Returns the number of a result that has just been returned, and remembers how it looks when it is one that may change. */
    int numberAtReturn(@Nullable Object value) {
        int known = values.size();
        int number = number(value);
        if (number == known
                && (value instanceof Collection || value instanceof Map || value instanceof StringBuilder)) {
            before.put(number, text(number));
        }
        return number;
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

    /** Returns what was returned and is something else by now, in a sentence. */
    Optional<String> changed() {
        return before.entrySet().stream()
                .filter(each -> !each.getValue().equals(text(each.getKey())))
                .findFirst()
                .map(each -> "it was " + each.getValue() + " when it was returned, and " + text(each.getKey())
                        + " in the end.");
    }

    /** Returns the name of a result's class when it has no {@code equals}. */
    Optional<String> byIdentity(int number) {
        Object value = number < 0 ? null : values.get(number);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return value.getClass().getMethod("equals", Object.class).getDeclaringClass() == Object.class
                    ? Optional.of(value.getClass().getName())
                    : Optional.empty();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every class has equals", e);
        }
    }

    /** Returns whether a result is that of an operation that throws. */
    boolean isThrown(int number) {
        return number >= 0 && values.get(number) instanceof Thrown;
    }

    /** Returns whether a result is that of an operation that returns nothing. */
    boolean isNothing(int number) {
        return number >= 0 && values.get(number) == Nothing.VOID;
    }
}
