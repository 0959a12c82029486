package org.concurrentharness.junit5;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Which fixtures a test class asks for by {@link SharedFixture}, read once for each class.
 *
 * @param ofClass in fields, constructors, and methods that run once for the class
 * @param ofEach in methods that run for each test
 * @param ofMethods in other methods, tests among them
 */
record AskedFixtures(List<Ask> ofClass, List<Ask> ofEach, Map<Method, List<Ask>> ofMethods) {
    private static final ClassValue<AskedFixtures> OF = new ClassValue<>() {
        @Override
        protected AskedFixtures computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * What one place asks for.
     *
     * @param fixture the annotation there
     * @param place how messages name it
     * @param isFinal true for a field that cannot be set
     */
    record Ask(SharedFixture fixture, String place, boolean isFinal) {
        Ask(SharedFixture fixture, String place) {
            this(fixture, place, false);
        }

        static Ask of(Field field) {
            return new Ask(
                    AnnotationSupport.findAnnotation(field, SharedFixture.class).orElseThrow(),
                    "field " + field.getDeclaringClass().getName() + "." + field.getName(),
                    Modifier.isFinal(field.getModifiers()));
        }
    }

    static AskedFixtures of(Class<?> testClass) {
        return OF.get(testClass);
    }

    /** Returns what a test method asks for, before and after it included. */
    Stream<Ask> of(Method test) {
        return Stream.concat(ofMethods.getOrDefault(test, List.of()).stream(), ofEach.stream());
    }

    private static AskedFixtures read(Class<?> type) {
        List<Ask> ofClass = new ArrayList<>();
        List<Ask> ofEach = new ArrayList<>();
        Map<Method, List<Ask>> ofMethods = new HashMap<>();
        for (Field field : AnnotationSupport.findAnnotatedFields(
                type, SharedFixture.class, field -> true, HierarchyTraversalMode.TOP_DOWN)) {
            ofClass.add(Ask.of(field));
        }
        for (Executable constructor : type.getDeclaredConstructors()) {
            ofClass.addAll(ofParameters(constructor));
        }
        List<Method> methods = ReflectionSupport.findMethods(
                type, method -> method.getParameterCount() > 0, HierarchyTraversalMode.TOP_DOWN);
        for (Method method : methods) {
            List<Ask> asks = ofParameters(method);
            if (isAny(method, List.of(BeforeAll.class, AfterAll.class))) {
                ofClass.addAll(asks);
            } else if (isAny(method, List.of(BeforeEach.class, AfterEach.class))) {
                ofEach.addAll(asks);
            } else if (!asks.isEmpty()) {
                ofMethods.put(method, asks);
            }
        }
        return new AskedFixtures(List.copyOf(ofClass), List.copyOf(ofEach), Map.copyOf(ofMethods));
    }

    /** Returns what the parameters of a method or constructor ask for. */
    static List<Ask> ofParameters(Executable executable) {
        List<Ask> asks = new ArrayList<>();
        Parameter[] parameters = executable.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            String place = Fixtures.place(executable, i);
            AnnotationSupport.findAnnotation(parameters[i], SharedFixture.class)
                    .ifPresent(asked -> asks.add(new Ask(asked, place)));
        }
        return asks;
    }

    private static boolean isAny(Method method, List<Class<? extends Annotation>> annotations) {
        return annotations.stream().anyMatch(each -> AnnotationSupport.isAnnotated(method, each));
    }
}
