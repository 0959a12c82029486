package org.concurrentharness.junit5.order;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.TestAbortedException;

/**
 * Holds tests at their gates, aborts those whose dependencies did not pass, and gives them what others hand on. Registered by the
 * annotations. Stateless.
 *
 * <p>A test waits in a condition, which is what JUnit asks first: nothing of the test has been made then, and it does not count as
 * started.
 *
 * @since 0.1
 */
public final class OrderExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                InvocationInterceptor,
                ParameterResolver {
    /** What the reason of a test that is aborted begins with. */
    static final String NOT_RUN = "Not run, ";

    private static final ConditionEvaluationResult GO_ON = ConditionEvaluationResult.enabled("its gate is open");

    /** For JUnit. */
    public OrderExtension() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getElement().isPresent()) {
            OrderRun.of(context).ifPresent(run -> run.pass(context));
        }
        return GO_ON;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<OrderRun> run = OrderRun.of(context);
        run.ifPresent(each -> {
            each.pass(context); // not waited for yet if conditions are deactivated
            publishAbsent(each, context);
        });
        // The tests of a class that is refused are aborted one by one, so that each of them is reported.
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        boolean ofOneTest = context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_METHOD;
        if (ofOneTest) {
            OrderRun.of(context).flatMap(run -> run.verdict(context)).ifPresent(OrderExtension::refuse);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        OrderRun run = OrderRun.of(context).orElseGet(() -> {
            requireNoOrder(context);
            return null;
        });
        if (run == null) {
            return;
        }
        if (!run.tests().faults().isEmpty()) {
            throw failure(run.tests().faults().get(0).message());
        }
        run.pass(context);
        run.verdict(context).ifPresent(OrderExtension::refuse);
        publishAbsent(run, context);
    }

    private static void publishAbsent(OrderRun run, ExtensionContext context) {
        List<String> absent = run.absent(context);
        if (!absent.isEmpty()) {
            context.publishReportEntry(
                    "harness.order", "not among the selected tests, and taken as passed: " + String.join(", ", absent));
        }
    }

    private static void refuse(OrderRun.Verdict verdict) {
        if (verdict.failure().isPresent()) {
            throw verdict.failure().get();
        }
        throw new TestAbortedException(NOT_RUN + verdict.reason() + ".");
    }

    /** Nothing may pass that was not ordered as it asked. */
    private static void requireNoOrder(ExtensionContext context) {
        boolean asks = context.getTestMethod().filter(Annotations::asks).isPresent()
                || context.getTestClass().filter(Annotations::asks).isPresent();
        if (asks) {
            throw noRun();
        }
    }

    private static JUnitException noRun() {
        return failure(
                "@DependsOn and TestContext need JUnit's Launcher with its registered listeners and filters, by which they see"
                        + " all tests of a run; here an engine was run without them, as EngineTestKit does.");
    }

    private static JUnitException failure(String message) {
        JUnitException failure = new JUnitException(message);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    @Override
    public void interceptBeforeAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        unlessRefused(invocation, context);
    }

    @Override
    public void interceptAfterAllMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        unlessRefused(invocation, context);
    }

    private static void unlessRefused(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        if (OrderRun.of(context).flatMap(run -> run.verdict(context)).isPresent()) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestContext.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return OrderRun.of(context).orElseThrow(OrderExtension::noRun).handedTo(context);
    }
}
