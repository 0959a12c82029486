package org.concurrentharness.junit5;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.OnceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;

/** Gives tests the fixtures that they ask for. Stateless: what is shared is in JUnit's stores. */
final class SharedFixtureExtension
        implements BeforeAllCallback, BeforeEachCallback, TestInstancePostProcessor, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        inject(context.getRequiredTestClass(), null, true, context);
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws Exception {
        inject(instance.getClass(), instance, false, context);
    }

    /** Creates what the test method asks for: beside each other, and before anything else is done for the test. */
    @Override
    public void beforeEach(ExtensionContext context) {
        Fixtures fixtures = new Fixtures(context);
        awaitAll(fixtures.needs(context.getRequiredTestMethod()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.isAnnotated(SharedFixture.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Fixtures fixtures = new Fixtures(context);
        awaitAll(fixtures.needs(parameter.getDeclaringExecutable()));
        Parameter declared = parameter.getParameter();
        SharedFixture asked = parameter.findAnnotation(SharedFixture.class).orElseThrow();
        String place = Fixtures.place(parameter.getDeclaringExecutable(), parameter.getIndex());
        return Fixtures.value(fixtures.need(new AskedFixtures.Ask(asked, place)), declared.getType());
    }

    private static void inject(Class<?> type, @Nullable Object instance, boolean ofClass, ExtensionContext context)
            throws IllegalAccessException {
        List<Field> fields = AnnotationSupport.findAnnotatedFields(
                type,
                SharedFixture.class,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN);
        if (fields.isEmpty()) {
            return;
        }
        Fixtures fixtures = new Fixtures(context);
        List<FixtureStore.Need> needs =
                fields.stream().map(AskedFixtures.Ask::of).map(fixtures::need).toList();
        awaitAll(needs);
        for (int i = 0; i < needs.size(); i++) {
            Field field = fields.get(i);
            field.setAccessible(true);
            field.set(instance, Fixtures.value(needs.get(i), field.getType()));
        }
    }

    /** Creates what is needed, and passes on what keeps it from being created. */
    static void awaitAll(List<FixtureStore.Need> needs) {
        try {
            FixtureStore.awaitAll(needs);
        } catch (OnceException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            // An assumption of the fixture's is one of the test's.
            throw root instanceof TestAbortedException aborted ? aborted : e;
        }
    }
}
