package org.concurrentharness.linearizability;

import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The values that a parameter takes, numbered from 0, as text.
 *
 * @param type the type of the parameter
 * @param count how many there are, at least 1
 * @param text the text of each
 */
record Arguments(Class<?> type, long count, LongFunction<String> text) {
    /** Returns the values that annotations or the type of a parameter give. */
    static Arguments of(Parameter parameter, String place) {
        Class<?> type = parameter.getType();
        Range range = parameter.getAnnotation(Range.class);
        Values values = parameter.getAnnotation(Values.class);
        if (range != null && values != null) {
            throw new IllegalArgumentException(place + " has both @Range and @Values; remove one of the two.");
        }
        if (range != null) {
            return ofRange(type, range, place);
        }
        if (values != null) {
            return ofTexts(type, List.of(values.value()), place);
        }
        if (type == boolean.class || type == Boolean.class) {
            return ofTexts(type, List.of("false", "true"), place);
        }
        if (type.isEnum()) {
            return ofTexts(
                    type,
                    Arrays.stream(type.getEnumConstants())
                            .map(each -> ((Enum<?>) each).name())
                            .toList(),
                    place);
        }
        throw new IllegalArgumentException(place + " is a " + type.getSimpleName()
                + " for which nothing makes values; annotate it with "
                + (isIntegral(type) ? "@Range(from = 1, to = 3) or " : "") + "@Values({...}).");
    }

    private static Arguments ofRange(Class<?> type, Range range, String place) {
        if (!isIntegral(type)) {
            throw new IllegalArgumentException(place + " has a @Range but is a " + type.getSimpleName()
                    + ", and a range is one of whole numbers; use @Values.");
        }
        if (range.from() > range.to()) {
            throw new IllegalArgumentException(place + " has @Range(from = " + range.from() + ", to = " + range.to()
                    + "), which is empty; from must not be greater than to.");
        }
        long count = range.to() - range.from() + 1;
        for (long end : new long[] {range.from(), range.to()}) {
            if (!parses(type, Long.toString(end))) {
                throw new IllegalArgumentException(place + " has a @Range with " + end + ", which is no "
                        + type.getSimpleName() + "; choose a range that fits into it.");
            }
        }
        // a range of nearly all longs has more values than a long can count, but nobody tries so many
        return new Arguments(type, count <= 0 ? Long.MAX_VALUE : count, i -> Long.toString(range.from() + i));
    }

    private static Arguments ofTexts(Class<?> type, List<String> texts, String place) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(place + " has no values at all; name at least one.");
        }
        for (String text : texts) {
            if (!parses(type, text)) {
                throw new IllegalArgumentException(place + " has @Values with \"" + text + "\", which is no "
                        + type.getSimpleName() + "; write it as Java would print it.");
            }
        }
        return new Arguments(type, texts.size(), i -> texts.get((int) i));
    }

    private static boolean isIntegral(Class<?> type) {
        return type == int.class
                || type == long.class
                || type == short.class
                || type == byte.class
                || type == Integer.class
                || type == Long.class
                || type == Short.class
                || type == Byte.class
                || type == BigInteger.class;
    }

    private static boolean parses(Class<?> type, String text) {
        try {
            parse(type, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the value of a text.
     *
     * @param type the type of the parameter, for an enum as the program under test has it
     * @throws IllegalArgumentException when the text is none of that type
     */
    static Object parse(Class<?> type, String text) {
        if (type == String.class || type == CharSequence.class || type == Object.class || type == Comparable.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == short.class || type == Short.class) {
            return Short.valueOf(text);
        }
        if (type == byte.class || type == Byte.class) {
            return Byte.valueOf(text);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == float.class || type == Float.class) {
            return Float.valueOf(text);
        }
        if (type == BigInteger.class) {
            return new BigInteger(text);
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(text);
        }
        if ((type == boolean.class || type == Boolean.class) && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        if ((type == char.class || type == Character.class) && text.length() == 1) {
            return text.charAt(0);
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
        }
        throw new IllegalArgumentException(text + " is no " + type.getSimpleName());
    }

    /** Returns a value as it stands in a call. */
    String shown(long index) {
        String value = text.apply(index);
        if (type == char.class || type == Character.class) {
            return "'" + value + "'";
        }
        return CharSequence.class.isAssignableFrom(type) || type == Object.class || type == Comparable.class
                ? '"' + value + '"'
                : value;
    }
}
