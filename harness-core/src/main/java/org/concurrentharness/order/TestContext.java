package org.concurrentharness.order;

/**
 * Typed values that tests hand on to those that depend on them.
 *
 * <p>What a test has put here can be read by itself, by what it holds (a class's {@code @BeforeAll} methods put values for the class's
 * tests), and by all tests that depend on it, directly or through others. Where several of these have put a value under the same key,
 * the one counts that came last by its dependencies. Nobody else sees it, so that no test passes because another one happened to run
 * earlier.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface TestContext {
    /** Puts a value under a key; replaces what this test has put there before. */
    void put(String key, Object value);

    /**
     * Returns the value under a key.
     *
     * @throws IllegalStateException if no test that this one depends on has put a value there, or several have, none of them after
     *     the others
     * @throws ClassCastException if the value is of another type
     */
    <T> T get(String key, Class<T> type);
}
