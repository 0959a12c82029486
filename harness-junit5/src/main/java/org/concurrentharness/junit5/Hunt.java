package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Settings;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What a {@link RaceHunt} comes to.
 *
 * @param type the class
 * @param options what each combination is explored with; the budget is that of all together
 * @param settings what is set for the run
 * @param combinations which tests run beside each other
 * @param notes what is left out, a sentence each
 * @param perClass whether tests share an instance where their class does not say so itself
 * @param fidelity how combinations are run
 * @param timeout how long a round of real threads may take
 */
record Hunt(
        Class<?> type,
        Options options,
        Settings settings,
        List<Combination> combinations,
        List<String> notes,
        boolean perClass,
        Fidelity fidelity,
        Duration timeout) {
    private static final int MOST_TOGETHER = 8;

    /** Rounds on real threads for each round of a test by itself. */
    private static final int ALONE_SHARE = 10;

    /** A campaign that has less time does not get beyond its first executions. */
    private static final Duration LEAST_SHARE = Duration.ofMillis(100);

    /** Returns whether a class is hunted; an abstract one is no test class, its subclasses are. */
    static boolean isAsked(Class<?> type) {
        return AnnotationSupport.isAnnotated(type, RaceHunt.class) && !Modifier.isAbstract(type.getModifiers());
    }

    /**
     * Returns the hunt of a class.
     *
     * @param parameters finds what is set for the run
     * @throws JUnitException with one sentence when it is impossible
     */
    static Hunt of(Class<?> type, Function<String, Optional<String>> parameters) {
        RaceHunt asked = AnnotationSupport.findAnnotation(type, RaceHunt.class).orElseThrow();
        int together = asked.together();
        if (together < 2 || together > MOST_TOGETHER) {
            throw fault(type, "together must be from 2 to " + MOST_TOGETHER + ", but was " + together);
        }
        refuse(type);
        Settings settings = Settings.of(parameters);
        Options options = options(asked, settings, type);
        List<String> notes = new ArrayList<>();
        List<HuntedTest> tests = tests(type, asked, notes);
        BigInteger count = Combination.count(tests.size(), together);
        BigInteger most = BigInteger.valueOf(Math.max(1, options.budget().toMillis() / LEAST_SHARE.toMillis()));
        if (count.compareTo(most) > 0) {
            throw fault(
                    type,
                    "its " + tests.size() + " tests make " + count + " combinations of " + together
                            + ", which are too many for a budget of "
                            + options.budget().toMillis() + " ms: it suffices for " + most
                            + "; raise the budget, or name fewer tests by tests = {...}");
        }
        List<Combination> combinations = Combination.all(type, tests, together);
        if (combinations.isEmpty()) {
            throw fault(type, "its tests never run beside each other, since @ResourceLock keeps them apart");
        }
        boolean perClass = parameters
                .apply(TestInstance.Lifecycle.DEFAULT_LIFECYCLE_PROPERTY_NAME)
                .filter(value -> value.strip().equalsIgnoreCase(TestInstance.Lifecycle.PER_CLASS.name()))
                .isPresent();
        return new Hunt(type, options, settings, combinations, notes, perClass, asked.fidelity(), timeout(asked, type));
    }

    private static JUnitException fault(Class<?> type, String fault) {
        return Misuse.failure("@RaceHunt on " + type.getName() + ": " + fault + ".");
    }

    /** Throws when no tests of the class can be combined. */
    private static void refuse(Class<?> type) {
        if (Modifier.isPrivate(type.getModifiers())) {
            throw fault(type, "the class must not be private");
        }
        if (Misuse.isInner(type) && !type.isAnnotationPresent(Nested.class)) {
            throw fault(type, "the class is an inner class, which must be annotated with @Nested or be static");
        }
        if (AnnotationSupport.isAnnotated(type, Isolated.class)
                || !AnnotationSupport.findRepeatableAnnotations(type, ResourceLock.class)
                        .isEmpty()) {
            throw fault(type, "@Isolated or @ResourceLock on the class keeps its tests apart; remove one of the two");
        }
        for (Class<?> each : types(type)) {
            if (each.getDeclaredConstructors().length != 1) {
                throw fault(type, each.getName() + " must have one constructor");
            }
            AnnotationSupport.findAnnotatedFields(each, TempDir.class).stream()
                    .findFirst()
                    .ifPresent(field -> {
                        throw fault(
                                type,
                                "@TempDir field " + field.getName()
                                        + " would not be set; make the directory in a fixture, which also deletes it");
                    });
        }
    }

    private static Duration timeout(RaceHunt asked, Class<?> type) {
        try {
            return Settings.duration("timeout", asked.timeout());
        } catch (IllegalArgumentException e) {
            throw fault(type, String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
        }
    }

    private static Options options(RaceHunt asked, Settings settings, Class<?> type) {
        try {
            return settings.over(Options.defaults()
                    .executions(asked.executions())
                    .budget(Settings.duration("budget", asked.budget()))
                    .strategy(asked.strategy())
                    .seed(asked.seed())
                    .replay(asked.replay())
                    .dataRaces(asked.dataRaces())
                    .timeouts(asked.timeouts())
                    .leakedThreads(asked.leakedThreads())
                    .maxSteps(asked.maxSteps())
                    .preemptions(asked.preemptions())
                    .inside(asked.inside())
                    .isolate(asked.isolate())
                    .spuriousWakeups(asked.spuriousWakeups()));
        } catch (IllegalArgumentException e) {
            throw fault(type, String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
        }
    }

    private static List<HuntedTest> tests(Class<?> type, RaceHunt asked, List<String> notes) {
        List<Method> methods = new ArrayList<>();
        List<String> wanted = List.of(asked.tests());
        List<String> known = new ArrayList<>();
        for (Method method :
                AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN)) {
            known.add(method.getName());
            if (wanted.isEmpty() || wanted.contains(method.getName())) {
                Optional<String> out = leftOut(method);
                out.ifPresent(why -> notes.add(method.getName() + " is left out: " + why + "."));
                if (out.isEmpty()) {
                    methods.add(method);
                }
            }
        }
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw fault(
                        type,
                        "it has no test " + name + "; its tests are "
                                + String.join(
                                        ", ", known.stream().distinct().sorted().toList()));
            }
        }
        if (methods.isEmpty()) {
            throw fault(
                    type,
                    notes.isEmpty()
                            ? "it has no @Test method"
                            : "it has no test to combine: "
                                    + String.join(" ", notes).replaceFirst("\\.$", ""));
        }
        if (AnnotationSupport.isAnnotated(type, ExtendWith.class)) {
            notes.add("Extensions of " + type.getName() + " take no part in the hunt.");
        }
        methods.sort(Comparator.comparing(Method::getName)
                .thenComparing(method -> Arrays.toString(method.getParameterTypes())));
        return HuntedTest.of(methods);
    }

    private static Optional<String> leftOut(Method method) {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            return Optional.of("JUnit does not run it");
        }
        if (AnnotationSupport.isAnnotated(method, Disabled.class)) {
            return Optional.of("it is disabled");
        }
        if (AnnotationSupport.isAnnotated(method, ConcurrentTest.class)
                || AnnotationSupport.isAnnotated(method, LinearizabilityTest.class)
                || AnnotationSupport.isAnnotated(method, StressTest.class)) {
            return Optional.of("it has threads of its own");
        }
        if (AnnotationSupport.isAnnotated(method, DependsOn.class)) {
            return Optional.of("it depends on others, which do not run before it in a hunt");
        }
        if (!AnnotationSupport.isAnnotated(method, Test.class)) {
            return Optional.of("it is no plain @Test, but a test with invocations of its own");
        }
        return Arrays.stream(method.getAnnotations())
                .filter(each -> each.annotationType().getPackageName().equals(EnabledIf.class.getPackageName()))
                .findFirst()
                .map(condition -> "its condition @" + condition.annotationType().getSimpleName()
                        + " is known to JUnit Jupiter only");
    }

    /** Returns the class, after the classes that enclose it, outermost first. */
    static List<Class<?>> types(Class<?> type) {
        Deque<Class<?>> types = new ArrayDeque<>();
        Class<?> each = type;
        types.addFirst(each);
        while (Misuse.isInner(each)) {
            each = each.getEnclosingClass();
            types.addFirst(each);
        }
        return List.copyOf(types);
    }

    /** Returns a test by itself. */
    Combination alone(HuntedTest test) {
        return new Combination(type, List.of(test));
    }

    /**
     * Returns what a test by itself is run with: once, by a search that then looks whether it can run in another way, which it can when
     * it starts threads. Then that is the second.
     */
    Options onceAlone() {
        return options.executions(2).strategy(Search.EXHAUSTIVE);
    }

    /** Returns how often a test by itself is repeated on real threads, where nobody knows which threads it starts. */
    Options repeatedAlone() {
        return options.executions(Math.max(1, options.executions() / ALONE_SHARE));
    }

    /**
     * Throws when what tests need cannot be given to them: makes what campaigns make, of the classes themselves.
     *
     * @throws JUnitException with one sentence
     */
    void check() throws ReflectiveOperationException {
        Combination all = new Combination(type, tests());
        CampaignCopy ignored = new HuntedTests(type.getClassLoader(), types(type), all, perClass, true);
    }

    /** Returns the tests that are combined. */
    List<HuntedTest> tests() {
        return combinations.stream()
                .flatMap(each -> each.tests().stream())
                .distinct()
                .toList();
    }

    /** Returns the tests of a combination, on the classes themselves. */
    HuntedTests onRealThreads(Combination combination) throws ReflectiveOperationException {
        return new HuntedTests(type.getClassLoader(), types(type), combination, perClass, false);
    }

    /** Returns the program of a combination. */
    TestMethodProgram program(Combination combination, Options explored) {
        List<Class<?>> types = types(type);
        return new TestMethodProgram(
                combination.name(),
                type,
                TestMethodProgram.toleratedRaces(
                        combination.tests().stream().map(HuntedTest::method).toList()),
                loader -> new HuntedTests(loader, types, combination, perClass, true),
                explored,
                settings) {
            @Override
            public List<String> description() {
                return combination.description();
            }

            @Override
            public String token(String schedule) {
                return combination.token(schedule);
            }
        };
    }
}
