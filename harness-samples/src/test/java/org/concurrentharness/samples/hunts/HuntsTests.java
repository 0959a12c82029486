package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.concurrentharness.explore.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs each hunt against its library with the bug, which must be found, and without, which must survive; another
 * seed each time. What was caught is printed in the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HuntsTests {
    enum Hunt {
        GUAVA(Guava2743Hunt.class, "guava", "21.0", "33.4.0-jre", Failure.Kind.DEADLOCK),
        GSON(Gson1829Hunt.class, "gson", "2.8.9", "2.13.1", Failure.Kind.DATA_RACE),
        LOG4J(Log4j3234Hunt.class, "log4j-core", "2.24.2", "2.24.3", Failure.Kind.DATA_RACE),
        JCTOOLS(Jctools119Hunt.class, "jctools-core", "1.2", "4.0.5", Failure.Kind.EXCEPTION),
        RXJAVA(Rx4004Hunt.class, "rxjava", "1.1.5", "1.3.8", Failure.Kind.EXCEPTION),
        COMMONS_POOL(Pool376Hunt.class, "commons-pool2", "2.7.0", "2.11.1", Failure.Kind.EXCEPTION),
        LOGBACK(Logback1359Hunt.class, "logback-classic", "1.2.3", "1.6.6", Failure.Kind.DATA_RACE);

        private final Class<?> test;
        private final String library;
        private final String bug;
        private final String fixed;
        private final Failure.Kind kind;

        Hunt(Class<?> test, String library, String bug, String fixed, Failure.Kind kind) {
            this.test = test;
            this.library = library;
            this.bug = bug;
            this.fixed = fixed;
            this.kind = kind;
        }
    }

    private final List<Catch> catches = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void findsNothingWithoutTheBug(Hunt hunt) {
        Catch nothing = kept(Catch.withFixedVersion(hunt.test, hunt.library + " " + hunt.fixed, Map.of()));

        assertThat(nothing.result().getThrowable()).isEmpty();
        assertThat(nothing.figures().get("harness.verdict")).isIn("SURVIVED", "PROVED");
    }

    @ParameterizedTest
    @EnumSource
    void findsTheBug(Hunt hunt) throws Exception {
        assertThat(Path.of("target", "hunts", hunt.test.getSimpleName(), hunt.library + "-" + hunt.bug + ".jar"))
                .exists();

        Catch caught = kept(Catch.withBug(hunt.test, hunt.library + " " + hunt.bug, Map.of()));

        assertThat(caught.failure().map(Failure::kind)).as(caught.toString()).contains(hunt.kind);
        if (hunt.kind != Failure.Kind.DEADLOCK) {
            assertThat(caught.failure().flatMap(Failure::cause))
                    .as("a wrong outcome, and not only a race")
                    .isPresent();
        }
    }

    /** The JDK has no version without this bug. */
    @Test
    void findsTheBugOfTheJdk() {
        Catch caught = kept(Catch.withFixedVersion(
                JdkDequeHunt.class, "JDK " + Runtime.version().feature(), Map.of()));

        assertThat(caught.failure().map(Failure::kind)).as(caught.toString()).contains(Failure.Kind.EXCEPTION);
    }

    private Catch kept(Catch one) {
        catches.add(one);
        return one;
    }

    @AfterAll
    void print() throws IOException {
        StringBuilder text = new StringBuilder();
        catches.stream()
                .map(Catch::toString)
                .sorted()
                .forEach(line -> text.append(line).append(System.lineSeparator()));
        catches.stream()
                .filter(one -> one.hunt().equals(Jctools119Hunt.class.getSimpleName()))
                .flatMap(one -> one.failure().stream())
                .forEach(failure -> text.append(System.lineSeparator())
                        .append(failure.report())
                        .append(System.lineSeparator()));
        Files.writeString(Path.of("target", "hunts", "caught.txt"), text);
        System.out.println();
        System.out.print(text);
    }
}
