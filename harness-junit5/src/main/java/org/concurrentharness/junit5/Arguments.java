package org.concurrentharness.junit5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import org.concurrentharness.stress.Outcomes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInfo;

/** Fills in the arguments of constructors and methods in a campaign. Thread indexes stay open. */
final class Arguments {
    private final Copies copies;
    private final TestTarget target;
    private final TestInfo testInfo;

    Arguments(Copies copies, TestTarget target, TestInfo testInfo) {
        this.copies = copies;
        this.target = target;
        this.testInfo = testInfo;
    }

    /**
     * Fills in the arguments.
     *
     * @param handle the handle of the constructor or method
     * @param executable the constructor or method
     * @param first how many parameters of {@code handle} come before the declared ones: 1 for the instance
     */
    MethodHandle bind(MethodHandle handle, Executable executable, int first) {
        Parameter[] parameters = executable.getParameters();
        // The parameters that come first in an inner class's constructor are declared ones as well.
        int offset = first - (handle.type().parameterCount() - parameters.length);
        MethodHandle bound = handle;
        for (int i = parameters.length - 1; i >= offset; i--) {
            Parameter parameter = parameters[i];
            if (parameter.isAnnotationPresent(ThreadIndex.class)) {
                if (parameter.getType() != int.class) {
                    throw refusal(executable, i, "is a @ThreadIndex, which must be an int");
                }
            } else {
                bound = MethodHandles.insertArguments(bound, first + i - offset, value(executable, i));
            }
        }
        return bound;
    }

    private @Nullable Object value(Executable executable, int index) {
        List<Object> resolved = copies.resolved(executable);
        Class<?> type = executable.getParameterTypes()[index];
        if (type == TestInfo.class) {
            return testInfo;
        }
        if (type == Outcomes.class) {
            return Outcomes.ofCallingThread();
        }
        if (resolved == null) {
            throw refusal(
                    executable,
                    index,
                    "cannot be resolved in a campaign, which gives only TestInfo and @ThreadIndex int here");
        }
        Object value = resolved.get(index);
        if (value != null && !copies.isShared(value.getClass())) {
            throw refusal(
                    executable,
                    index,
                    "is a " + value.getClass().getName() + " made outside the campaign; make it inside the test");
        }
        return value;
    }

    private IllegalArgumentException refusal(Executable executable, int index, String fault) {
        String method = executable instanceof Method ? executable.getName() : "constructor";
        IllegalArgumentException refusal = new IllegalArgumentException("Parameter " + (index + 1) + " ("
                + executable.getParameterTypes()[index].getSimpleName() + ") of "
                + target.type().getName() + "#" + method
                + " " + fault + ".");
        refusal.setStackTrace(new StackTraceElement[0]);
        return refusal;
    }

    /** Makes all open indexes, which follow the instance, one: (T, int, int)R becomes (T, int)R. */
    MethodHandle oneIndex(MethodHandle handle) {
        int[] order = new int[handle.type().parameterCount()];
        for (int i = 1; i < order.length; i++) {
            order[i] = 1;
        }
        MethodType type =
                MethodType.methodType(handle.type().returnType(), handle.type().parameterType(0), int.class);
        return MethodHandles.permuteArguments(handle, type, order);
    }

    /** Sets all open indexes, which follow the instance, to 0. */
    MethodHandle dropIndexes(MethodHandle handle) {
        return MethodHandles.insertArguments(oneIndex(handle), 1, 0);
    }
}
