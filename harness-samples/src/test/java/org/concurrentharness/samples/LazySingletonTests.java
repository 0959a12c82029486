package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.ConcurrentTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * One instance, made when it is first asked for. Two actors ask at the same time; the test runs after them and compares. Static
 * fields would live as long as the campaign: test those with {@code @ConcurrentTest(isolate = true)}.
 */
class LazySingletonTests {
    /** Volatile alone is not enough: two threads may both find nothing, and each makes one. */
    @Nested
    @Tag("broken")
    class WithoutLock {
        private volatile @Nullable Object instance;
        private volatile @Nullable Object seenByFirst;
        private volatile @Nullable Object seenBySecond;

        Object instance() {
            if (instance == null) {
                instance = new Object();
            }
            return Objects.requireNonNull(instance);
        }

        @Actor
        void first() {
            seenByFirst = instance();
        }

        @Actor
        void second() {
            seenBySecond = instance();
        }

        @ConcurrentTest
        void bothSeeTheSame() {
            assertThat(seenByFirst).isSameAs(seenBySecond);
        }
    }

    /** Double-checked locking: who waited for the lock looks again. The field must be volatile for those who never lock. */
    @Nested
    class WithSecondLook {
        private volatile @Nullable Object instance;
        private volatile @Nullable Object seenByFirst;
        private volatile @Nullable Object seenBySecond;

        Object instance() {
            Object made = instance;
            if (made == null) {
                synchronized (this) {
                    made = instance;
                    if (made == null) {
                        made = new Object();
                        instance = made;
                    }
                }
            }
            return made;
        }

        @Actor
        void first() {
            seenByFirst = instance();
        }

        @Actor
        void second() {
            seenBySecond = instance();
        }

        @ConcurrentTest
        void bothSeeTheSame() {
            assertThat(seenByFirst).isSameAs(seenBySecond);
        }
    }
}
