package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation with arguments.
 *
 * @param operation what is called
 * @param choices for each parameter the number of its value
 */
record Call(Operations.Method operation, List<Long> choices) {
    Call {
        choices = List.copyOf(choices);
    }

    /** Returns the call of an operation whose number among all its calls is given. */
    static Call of(Operations.Method operation, long number) {
        List<Long> choices = new ArrayList<>();
        long rest = number;
        for (Arguments arguments : operation.parameters()) {
            choices.add(rest % arguments.count());
            rest /= arguments.count();
        }
        return new Call(operation, choices);
    }

    /** Returns the arguments, for a method with the given parameters. */
    Object[] arguments(Class<?>[] types) {
        Object[] values = new Object[types.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Arguments.parse(
                    types[i], operation.parameters().get(i).text().apply(choices.get(i)));
        }
        return values;
    }

    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            shown.add(operation.parameters().get(i).shown(choices.get(i)));
        }
        return shown.stream().collect(Collectors.joining(", ", operation.name() + "(", ")"));
    }
}
