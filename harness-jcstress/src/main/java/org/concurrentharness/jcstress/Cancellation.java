package org.concurrentharness.jcstress;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.ExecutionRequest;

/** Whether somebody has cancelled the run, which JUnit knows from version 6 on; before, nobody can. */
final class Cancellation implements BooleanSupplier {
    private final BooleanSupplier requested;

    private Cancellation(BooleanSupplier requested) {
        this.requested = requested;
    }

    static Cancellation of(ExecutionRequest request) {
        return new Cancellation(ReflectionSupport.findMethod(ExecutionRequest.class, "getCancellationToken")
                .flatMap(getter -> supplier(getter, request))
                .orElse(() -> false));
    }

    /** The method of the interface: the class of the token need not be public. */
    private static Optional<BooleanSupplier> supplier(Method getter, ExecutionRequest request) {
        Object token = ReflectionSupport.invokeMethod(getter, request);
        return ReflectionSupport.findMethod(getter.getReturnType(), "isCancellationRequested")
                .map(method -> () -> Boolean.TRUE.equals(ReflectionSupport.invokeMethod(method, token)));
    }

    @Override
    public boolean getAsBoolean() {
        return requested.getAsBoolean();
    }
}
