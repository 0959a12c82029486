package org.concurrentharness.jcstress;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.ExecutionRequest;

/** Whether somebody has cancelled the run, which JUnit knows from version 6 on. */
final class Cancellation implements BooleanSupplier {
    private final Optional<Object> token;

    private Cancellation(Optional<Object> token) {
        this.token = token;
    }

    static Cancellation of(ExecutionRequest request) {
        return new Cancellation(ReflectionSupport.findMethod(ExecutionRequest.class, "getCancellationToken")
                .map(method -> ReflectionSupport.invokeMethod(method, request)));
    }

    @Override
    public boolean getAsBoolean() {
        return token.map(each -> ReflectionSupport.invokeMethod(
                        ReflectionSupport.findMethod(each.getClass(), "isCancellationRequested")
                                .orElseThrow(),
                        each))
                .map(Boolean.TRUE::equals)
                .orElse(false);
    }
}
