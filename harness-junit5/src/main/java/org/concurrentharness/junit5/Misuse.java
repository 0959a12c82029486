package org.concurrentharness.junit5;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * An annotation of the harness where it does not work.
 *
 * @param testClass the class that it is a test of; the method may be inherited
 * @param method the annotated method
 * @param message one sentence that names the method and the mend
 */
record Misuse(Class<?> testClass, Method method, String message) {
    /** What makes a method a test of the harness. */
    private static final Set<Class<? extends Annotation>> TESTS =
            Set.of(ConcurrentTest.class, LinearizabilityTest.class, StressTest.class, LoadTest.class);

    /** Whether an annotation type is, or is annotated with, one of ours; most are not, and that is known at once. */
    private static final ClassValue<Boolean> OURS = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return Stream.concat(TESTS.stream(), Stream.of(Actor.class))
                    .anyMatch(ours -> type == ours || AnnotationSupport.isAnnotated(type, ours));
        }
    };

    /** Returns what JUnit Jupiter ignores in silence: methods that are no tests although they are annotated as such. */
    static List<Misuse> ignoredByJupiter(Class<?> testClass) {
        if (Modifier.isAbstract(testClass.getModifiers())) {
            return List.of();
        }
        List<Method> tests = new ArrayList<>();
        List<Method> actors = new ArrayList<>();
        for (Class<?> type : lineage(testClass)) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isSynthetic() && hasOurs(method)) {
                    boolean test = isTest(method);
                    (test ? tests : actors).add(method);
                }
            }
        }
        List<Misuse> misuses = new ArrayList<>();
        Optional<String> classFault = classFault(testClass).map(fault -> "would never run: its class " + fault + ".");
        for (Method test : tests) {
            if (isImplemented(test, tests)) {
                continue;
            }
            fault(test)
                    .map(fault -> fault + ": it would never run.")
                    .or(() -> classFault)
                    .ifPresent(fault -> misuses.add(new Misuse(
                            testClass, test, annotation(test) + " method " + name(testClass, test) + " " + fault)));
        }
        if (tests.stream()
                .noneMatch(test -> AnnotationSupport.isAnnotated(test, ConcurrentTest.class)
                        || AnnotationSupport.isAnnotated(test, StressTest.class))) {
            boolean load = tests.stream().anyMatch(test -> AnnotationSupport.isAnnotated(test, LoadTest.class));
            for (Method actor : actors) {
                misuses.add(new Misuse(
                        testClass,
                        actor,
                        "@Actor method " + name(testClass, actor)
                                + " never runs: its class has no @ConcurrentTest method,"
                                + " beside which actors run; "
                                + (load ? "a @LoadTest calls its own method only." : "add one, be it empty.")));
            }
        }
        return misuses;
    }

    /** Throws when a method that Jupiter runs, or an actor beside it, is misused. */
    static void refuse(Class<?> testClass, Method method) {
        refuseCompeting(testClass, method);
        AnnotationSupport.findAnnotatedFields(testClass, SharedFixture.class).stream()
                .findFirst()
                .ifPresent(field -> {
                    throw failure("@SharedFixture field "
                            + field.getDeclaringClass().getName() + "." + field.getName()
                            + " would not be set in "
                            + (isStress(method) ? "the instances that are made of " : "the campaign's copies of ")
                            + testClass.getName()
                            + "; make it a parameter of the " + annotation(method) + " method.");
                });
        for (Method actor : actors(testClass)) {
            // What an actor of a stress test returns is an outcome.
            (isStress(method) ? faultOfModifiers(actor) : fault(actor)).ifPresent(fault -> {
                throw failure("@Actor method " + name(testClass, actor) + " " + fault + ".");
            });
            if (isTest(actor) || competing(actor).isPresent()) {
                throw failure(
                        "@Actor method " + name(testClass, actor)
                                + " is annotated as a test as well; a test method runs after the actors, so make them two methods.");
            }
            int threads = AnnotationSupport.findAnnotation(actor, Actor.class)
                    .orElseThrow()
                    .threads();
            if (threads < 1) {
                throw failure("@Actor method " + name(testClass, actor) + ": threads must be at least 1, but was "
                        + threads + ".");
            }
        }
    }

    /** Throws when a method that is called under load is misused. */
    static void refuseLoad(Class<?> testClass, Method method) {
        refuseCompeting(testClass, method);
        actors(testClass).stream().findFirst().ifPresent(actor -> {
            throw failure("@LoadTest method " + name(testClass, method) + " would be called without the @Actor method "
                    + name(testClass, actor)
                    + ", since a load is of one method; move one of the two to another class, or call what the actor does"
                    + " where @ThreadIndex says so.");
        });
    }

    private static void refuseCompeting(Class<?> testClass, Method method) {
        competing(method).ifPresent(other -> {
            throw failure(annotation(method) + " method " + name(testClass, method) + " is annotated with @" + other
                    + " as well; remove one of the two.");
        });
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, LoadTest.class)
                || AnnotationSupport.isAnnotated(method, ConcurrentTest.class)
                || AnnotationSupport.isAnnotated(method, LinearizabilityTest.class)
                || isStress(method);
    }

    private static boolean isStress(Method method) {
        return AnnotationSupport.isAnnotated(method, StressTest.class);
    }

    /** Returns how messages name the annotation that makes a method a test. */
    private static String annotation(Method method) {
        if (isStress(method)) {
            return "@StressTest";
        }
        if (AnnotationSupport.isAnnotated(method, LoadTest.class)) {
            return "@LoadTest";
        }
        return AnnotationSupport.isAnnotated(method, LinearizabilityTest.class)
                ? "@LinearizabilityTest"
                : "@ConcurrentTest";
    }

    /** Returns the actors of a class, inherited ones first. */
    static List<Method> actors(Class<?> testClass) {
        return AnnotationSupport.findAnnotatedMethods(testClass, Actor.class, HierarchyTraversalMode.TOP_DOWN);
    }

    /** Returns how messages name a method. */
    static String name(Class<?> testClass, Method method) {
        return testClass.getName() + "#" + method.getName();
    }

    /** Returns a failure with that message; the stack trace would say nothing. */
    static JUnitException failure(String message) {
        JUnitException failure = new JUnitException(message);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /** Returns what a method must do to be run, if it does not do it. */
    private static Optional<String> fault(Method method) {
        return faultOfModifiers(method)
                .or(() -> method.getReturnType() == void.class
                        ? Optional.empty()
                        : Optional.of("must return void and not "
                                + method.getReturnType().getSimpleName()));
    }

    private static Optional<String> faultOfModifiers(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return Optional.of("must not be private");
        }
        if (Modifier.isStatic(modifiers)) {
            return Optional.of("must not be static");
        }
        if (Modifier.isAbstract(modifiers)) {
            return Optional.of("must not be abstract");
        }
        return Optional.empty();
    }

    private static Optional<String> classFault(Class<?> type) {
        if (Modifier.isPrivate(type.getModifiers())) {
            return Optional.of("must not be private");
        }
        return isInner(type) && !type.isAnnotationPresent(Nested.class)
                ? Optional.of("is an inner class, which must be annotated with @Nested or be static")
                : Optional.empty();
    }

    /** Returns true for a class whose instances have an enclosing instance. */
    static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }

    /** Returns another annotation that makes the method a test. */
    private static Optional<String> competing(Method method) {
        String own = annotation(method);
        return Arrays.stream(method.getDeclaredAnnotations())
                .<Class<?>>map(Annotation::annotationType)
                .filter(type -> type == Test.class
                        || type == TestFactory.class
                        || type == TestTemplate.class
                        || AnnotationSupport.isAnnotated(type, TestTemplate.class)
                        || (TESTS.contains(type) && !own.equals("@" + type.getSimpleName())))
                .map(Class::getSimpleName)
                .findFirst();
    }

    private static boolean isImplemented(Method method, List<Method> others) {
        return Modifier.isAbstract(method.getModifiers())
                && others.stream()
                        .anyMatch(other -> !Modifier.isAbstract(other.getModifiers())
                                && other.getName().equals(method.getName())
                                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private static boolean hasOurs(Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            if (OURS.get(annotation.annotationType())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the class, its superclasses and all their interfaces. */
    private static Set<Class<?>> lineage(Class<?> testClass) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        for (Class<?> type = testClass; type != null && type != Object.class; type = type.getSuperclass()) {
            addInterfaces(type, lineage);
        }
        return lineage;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> lineage) {
        if (lineage.add(type)) {
            for (Class<?> each : type.getInterfaces()) {
                addInterfaces(each, lineage);
            }
        }
    }
}
