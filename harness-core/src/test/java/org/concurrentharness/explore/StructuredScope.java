package org.concurrentharness.explore;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code StructuredTaskScope} of JDK 25 as code that is compiled for JDK 17 reaches it. Runs inside campaigns. */
final class StructuredScope implements AutoCloseable {
    private static final Class<?> TYPE;

    static {
        try {
            TYPE = Class.forName("java.util.concurrent.StructuredTaskScope");
        } catch (ClassNotFoundException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object scope;

    StructuredScope() throws Exception {
        this.scope = invoke(null, "open");
    }

    @SuppressWarnings("unchecked")
    <T> Supplier<T> fork(Callable<T> task) throws Exception {
        return (Supplier<T>) invoke(scope, "fork", task);
    }

    /** Waits for all tasks; fails when one of them has failed. */
    void join() throws Exception {
        invoke(scope, "join");
    }

    @Override
    public void close() throws Exception {
        invoke(scope, "close");
    }

    private static Object invoke(Object target, String method, Object... arguments) throws Exception {
        Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {Callable.class};
        try {
            return TYPE.getMethod(method, types).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
