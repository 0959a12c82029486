package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StressMisuseTests {
    static class Ignored {
        @StressTest
        private void test() {}

        @Actor
        int acts() {
            return 1;
        }
    }

    @Test
    void findsWhatJUnitIgnores() {
        assertThat(Misuse.ignoredByJupiter(Ignored.class))
                .extracting(Misuse::message)
                .containsExactly("@StressTest method " + Ignored.class.getName()
                        + "#test must not be private: it would never run.");
    }

    static class IgnoredLoad {
        @LoadTest
        private void called() {}
    }

    @Test
    void findsLoadThatJUnitIgnores() {
        assertThat(Misuse.ignoredByJupiter(IgnoredLoad.class))
                .extracting(Misuse::message)
                .containsExactly("@LoadTest method " + IgnoredLoad.class.getName()
                        + "#called must not be private: it would never run.");
    }

    static class ActorOfALoad {
        @LoadTest
        void called() {}

        @Actor
        void acts() {}
    }

    @Test
    void findsActorsBesideALoad() {
        assertThat(Misuse.ignoredByJupiter(ActorOfALoad.class))
                .extracting(Misuse::message)
                .containsExactly("@Actor method " + ActorOfALoad.class.getName()
                        + "#acts never runs: its class has no @ConcurrentTest method, beside which actors run; a @LoadTest"
                        + " calls its own method only.");
    }
}
