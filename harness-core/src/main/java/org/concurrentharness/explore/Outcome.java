package org.concurrentharness.explore;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one execution failed.
 *
 * @param kind what went wrong
 * @param message what went wrong, in a sentence or a few lines
 * @param details one line for each thread that has a part in it
 * @param thrown the exception, as it was thrown in the campaign
 * @param thread the number of the thread that failed, or -1
 * @param signature equal for failures that are the same bug
 */
record Outcome(
        Failure.Kind kind,
        String message,
        List<String> details,
        @Nullable Throwable thrown,
        int thread,
        String signature) {

    static Outcome thrown(ManagedThread thread, Throwable thrown) {
        Optional<String> remedy = NativeLibraries.remedy(thrown);
        if (remedy.isPresent()) {
            return of(Failure.Kind.NOT_CONTROLLED, remedy.get(), List.of());
        }
        if (thrown instanceof ExecutionFailure failure) {
            return of(failure.kind(), failure.text(), List.of());
        }
        String place = "";
        for (StackTraceElement frame : ThrownParts.stack(thrown)) {
            if (thrown instanceof VirtualMachineError) {
                break; // where the stack or the heap ends is chance
            }
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")
                    && !frame.getClassName().startsWith("org.junit.")
                    && !frame.getClassName().startsWith("org.assertj.")) {
                place = frame.getClassName() + '.' + frame.getMethodName() + ':' + frame.getLineNumber();
                break;
            }
        }
        return new Outcome(
                Failure.Kind.EXCEPTION,
                ThrownParts.text(thrown),
                List.of(),
                thrown,
                thread.id,
                thrown.getClass().getName() + '@' + place);
    }

    static Outcome of(Failure.Kind kind, String message, List<String> details) {
        return new Outcome(kind, message, List.copyOf(details), null, -1, kind.name());
    }

    boolean sameBugAs(@Nullable Outcome other) {
        return other != null && kind == other.kind && signature.equals(other.signature);
    }
}
