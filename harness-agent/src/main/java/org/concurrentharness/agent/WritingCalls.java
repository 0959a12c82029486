package org.concurrentharness.agent;

import java.util.Set;

/**
 * Knows which calls change a collection that does not synchronize, or some other object whose users must.
 *
 * <p>Some change nothing now and then ({@code putIfAbsent}); their users must synchronize all the same.
 */
final class WritingCalls {
    private static final Set<String> NAMES = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "append",
            "appendCodePoint",
            "applyPattern",
            "clear",
            "compute",
            "computeIfAbsent",
            "computeIfPresent",
            "delete",
            "deleteCharAt",
            "flip",
            "format",
            "insert",
            "merge",
            "offer",
            "offerFirst",
            "offerLast",
            "parse",
            "poll",
            "pollFirst",
            "pollFirstEntry",
            "pollLast",
            "pollLastEntry",
            "pop",
            "push",
            "put",
            "putAll",
            "putFirst",
            "putIfAbsent",
            "putLast",
            "remove",
            "removeAll",
            "removeFirst",
            "removeFirstOccurrence",
            "removeIf",
            "removeLast",
            "removeLastOccurrence",
            "replace",
            "replaceAll",
            "retainAll",
            "reverse",
            "roll",
            "set",
            "setCharAt",
            "setLength",
            "setTime",
            "setTimeInMillis",
            "sort",
            "trimToSize");

    private WritingCalls() {}

    /** Returns whether a call changes its receiver, by the site's target ({@code ArrayList.add}). */
    static boolean contains(String target) {
        return NAMES.contains(target.substring(target.lastIndexOf('.') + 1));
    }
}
