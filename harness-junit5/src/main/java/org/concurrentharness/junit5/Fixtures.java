package org.concurrentharness.junit5;

import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.FixtureReport;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** The fixtures that a test or a class can ask for: where in JUnit's stores they are, and how they are made. */
final class Fixtures {
    static final Namespace NAMESPACE = Namespace.create(SharedFixture.class);

    private final FixtureKeeper keeper;
    private final Shared run;

    Fixtures(ExtensionContext context) {
        this(new ContextKeeper(context, NAMESPACE));
    }

    Fixtures(FixtureKeeper keeper) {
        this.keeper = keeper;
        FixtureReport report = new FixtureReport();
        // The report goes where the first test's settings say; they are the same for all.
        run = keeper.keep(
                Scope.RUN,
                Scope.RUN,
                () -> new Shared(
                        new FixtureStore("run"),
                        report,
                        Optional.of(reportDirectory(keeper).resolve("fixtures"))));
    }

    private static Path reportDirectory(FixtureKeeper keeper) {
        String asked = Settings.of(keeper::parameter).reportDirectory();
        boolean gradle = Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts"));
        String directory = asked.isBlank() ? (gradle ? "build/harness" : "target/harness") : asked;
        return Path.of(directory);
    }

    /** The fixtures of one scope, as a store of JUnit's keeps and closes them. Thread-safe. */
    static final class Shared implements AutoCloseable {
        private final FixtureStore fixtures;
        private final FixtureReport report;

        /** Where the report goes when this is closed, if it is the last to close. */
        private final Optional<Path> directory;

        private boolean ended;
        private @Nullable RuntimeException thrown;

        /**
         * @param fixtures the fixtures
         * @param report where to tell what became of them
         */
        Shared(FixtureStore fixtures, FixtureReport report, Optional<Path> directory) {
            this.fixtures = fixtures;
            this.report = report;
            this.directory = directory;
        }

        FixtureStore fixtures() {
            return fixtures;
        }

        FixtureReport report() {
            return report;
        }

        /** Closes the fixtures where nobody can be told that this fails: {@link #close} tells it. */
        synchronized void end() {
            if (ended) {
                return;
            }
            ended = true;
            try {
                fixtures.close();
            } catch (RuntimeException e) {
                thrown = e;
            }
            report.add(fixtures);
        }

        @Override
        public synchronized void close() {
            end();
            directory.ifPresent(report::publish);
            if (thrown != null) {
                throw thrown;
            }
        }
    }

    /** What identifies a fixture in its scope. */
    private record Key(Class<?> type, boolean acrossForks) {}

    /** Returns what the parameters of a method or constructor ask for. */
    List<FixtureStore.Need> needs(Executable executable) {
        return AskedFixtures.ofParameters(executable).stream().map(this::need).toList();
    }

    /** Throws when what is asked for is impossible, whatever the fixture is. */
    static void check(AskedFixtures.Ask ask) {
        SharedFixture asked = ask.fixture();
        if (ask.isFinal()) {
            throw Misuse.failure("@SharedFixture " + ask.place() + " must not be final.");
        }
        if (asked.acrossForks() && asked.scope() != Scope.RUN) {
            throw Misuse.failure("@SharedFixture(acrossForks = true), " + ask.place()
                    + ", must have the scope RUN and not " + asked.scope() + ".");
        }
        timeout(asked, ask.place());
    }

    /** Returns what a place asks for. Nothing is created yet. */
    FixtureStore.Need need(AskedFixtures.Ask ask) {
        check(ask);
        SharedFixture asked = ask.fixture();
        String place = ask.place();
        Class<? extends Fixture<?>> type = asked.value();
        FixtureStore store = store(type, asked.scope(), place);
        Key key = new Key(type, asked.acrossForks());
        Duration timeout = timeout(asked, place);
        Optional<Path> forks =
                asked.acrossForks() ? Optional.of(reportDirectory(keeper).resolve("forks")) : Optional.empty();
        store.add(key, type.getName(), new MadeFixture(this, type, asked.scope(), forks, timeout));
        return new FixtureStore.Need(store, key, timeout, place);
    }

    private static Duration timeout(SharedFixture asked, String place) {
        try {
            return Settings.duration("timeout", asked.timeout());
        } catch (IllegalArgumentException e) {
            throw Misuse.failure("@SharedFixture, " + place + ": " + e.getMessage());
        }
    }

    private FixtureStore store(Class<?> type, Scope scope, String place) {
        return switch (scope) {
            case RUN -> run.fixtures();
            case GROUP ->
                keeper.keepOfGroup(type, group(keeper.elements(), place), name -> part("group " + name))
                        .fixtures();
            case CLASS -> {
                String owner = "class " + keeper.outermostClass().getName();
                yield keeper.keep(scope, Scope.CLASS, () -> part(owner)).fixtures();
            }
        };
    }

    private Shared part(String owner) {
        return new Shared(new FixtureStore(owner), run.report(), Optional.empty());
    }

    /**
     * Returns the group of a test.
     *
     * @param elements the test and its classes, innermost first
     * @param place what asks for a fixture of its group
     */
    static String group(List<AnnotatedElement> elements, String place) {
        for (AnnotatedElement each : elements) {
            List<String> groups = AnnotationSupport.findRepeatableAnnotations(each, TestGroup.class).stream()
                    .map(TestGroup::value)
                    .distinct()
                    .toList();
            if (groups.size() > 1) {
                throw Misuse.failure("@SharedFixture with scope GROUP, " + place + ", is in the groups "
                        + String.join(", ", groups) + "; it must be in one.");
            }
            if (!groups.isEmpty()) {
                return groups.get(0);
            }
        }
        throw Misuse.failure("@SharedFixture with scope GROUP, " + place
                + ", is in no group; add @TestGroup to the test or its class.");
    }

    /** Returns these fixtures as those of a scope see them: a class's fixture is not made for one of its tests. */
    Fixtures of(Scope scope) {
        return scope == Scope.CLASS ? new Fixtures(keeper.ofOutermostClass()) : this;
    }

    /** Returns the value, which must be of the type that was asked for. */
    static Object value(FixtureStore.Need need, Class<?> type) {
        Object value = need.use();
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (!boxed.isInstance(value)) {
            throw Misuse.failure("@SharedFixture, " + need.place() + ", is a " + type.getName() + ", but "
                    + ((Key) need.key()).type().getName() + " creates a "
                    + value.getClass().getName() + ".");
        }
        return value;
    }

    /** Returns how messages name a parameter. */
    static String place(Executable executable, int parameter) {
        String name = executable instanceof Method ? "#" + executable.getName() : "'s constructor";
        return "parameter " + (parameter + 1) + " of "
                + executable.getDeclaringClass().getName() + name;
    }
}
