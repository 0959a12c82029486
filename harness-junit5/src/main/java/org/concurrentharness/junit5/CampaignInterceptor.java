package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs a campaign in place of a test method, on instances of its own: JUnit's instance is not the one under test, and what is meant for
 * each instance is not done to it. Refuses the kinds of tests that JUnit would run otherwise.
 */
abstract class CampaignInterceptor implements InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(CampaignInterceptor.class);

    @Override
    public final void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Misuse.refuse(context.getRequiredTestClass(), method.getExecutable());
        run(method, context);
    }

    /** Runs the campaign and fails as it does. */
    abstract void run(ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable;

    @Override
    public final void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        Misuse.refuse(context.getRequiredTestClass(), method.getExecutable());
    }

    @Override
    public final <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Misuse.refuse(context.getRequiredTestClass(), method.getExecutable());
        throw new AssertionError("a test factory is always refused");
    }

    /** What JUnit resolved for the method serves the instances that the harness makes. */
    @Override
    public final void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        beforeEachArguments(context).put(method.getExecutable(), method.getArguments());
    }

    /** Returns what JUnit resolved for {@code @BeforeEach} methods, which run before the test does. */
    @SuppressWarnings("unchecked")
    static Map<Method, List<Object>> beforeEachArguments(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        Map<Method, List<Object>> arguments = (Map<Method, List<Object>>) store.get(Method.class);
        if (arguments == null) {
            arguments = new LinkedHashMap<>();
            store.put(Method.class, arguments);
        }
        return arguments;
    }

    @Override
    public final void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
    }
}
