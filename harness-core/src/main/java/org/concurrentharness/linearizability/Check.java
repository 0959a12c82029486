package org.concurrentharness.linearizability;

import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import org.concurrentharness.explore.Options;

/**
 * What is to be checked, and how. Immutable.
 *
 * @param type the class with the operations
 * @param specification the class that says what they return one after the other; {@code type} itself by default
 * @param name what reports call it
 * @param size how large scenarios become
 * @param scenarios how many at most
 * @param surroundings what is called around an execution
 * @param options those of the campaigns; budgets are for all of them together
 */
record Check(
        Class<?> type,
        Class<?> specification,
        String name,
        Scenarios.Size size,
        int scenarios,
        Subject.Surroundings surroundings,
        Options options) {
    Check size(Scenarios.Size value) {
        return new Check(type, specification, name, value, scenarios, surroundings, options);
    }

    Check scenarios(int value) {
        return new Check(type, specification, name, size, value, surroundings, options);
    }

    Check specification(Class<?> value) {
        return new Check(type, value, name, size, scenarios, surroundings, options);
    }

    Check surroundings(Subject.Surroundings value) {
        return new Check(type, specification, name, size, scenarios, value, options);
    }

    Check name(String value) {
        return new Check(type, specification, value, size, scenarios, surroundings, options);
    }

    Check options(Options value) {
        return new Check(type, specification, name, size, scenarios, surroundings, value);
    }

    /**
     * Returns the operations, when all is as it must be.
     *
     * @throws IllegalArgumentException when it is not
     */
    Operations operations() {
        Operations operations = Operations.of(type);
        for (Class<?> each : List.of(type, specification)) {
            String fault = Subject.fault(each);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(each == type ? fault : "The specification " + fault);
            }
        }
        for (Operations.Method method : operations.methods()) {
            requireSpecified(method);
        }
        long orders = Scenario.orders(Collections.nCopies(size.threads(), size.operations()));
        if (orders > Linearizability.MOST_ORDERS) {
            throw new IllegalArgumentException(size.threads() + " threads of " + size.operations()
                    + " operations can be ordered in " + (orders == Long.MAX_VALUE ? "too many" : orders)
                    + " ways, and the specification is run on at most " + Linearizability.MOST_ORDERS
                    + "; reduce threads or operations (3 threads of 3, or 2 of 6, are possible).");
        }
        return operations;
    }

    private void requireSpecified(Operations.Method method) {
        java.lang.reflect.Method found = Subject.find(specification, method.name(), method.parameterTypes());
        if (found == null) {
            throw new IllegalArgumentException("The specification " + specification.getName() + " has no method "
                    + method.signature() + ", which is an operation of " + type.getName() + "; add it.");
        }
        if ((found.getReturnType() == void.class) != method.isVoid()) {
            throw new IllegalArgumentException("The specification's method " + specification.getName() + "#"
                    + method.name() + (method.isVoid() ? " returns something" : " returns nothing")
                    + ", but the operation of " + type.getName() + (method.isVoid() ? " does not" : " does")
                    + "; make them alike.");
        }
        java.lang.reflect.Method operation = Subject.find(type, method.name(), method.parameterTypes());
        if (operation != null && neverEqual(operation.getReturnType(), found.getReturnType())) {
            throw new IllegalArgumentException("The specification's method " + specification.getName() + "#"
                    + method.name() + " returns "
                    + found.getReturnType().getSimpleName() + ", but the operation of " + type.getName() + " returns "
                    + operation.getReturnType().getSimpleName()
                    + ", and results are compared by equals; make them alike.");
        }
    }

    /** Returns whether values of two types can be told never to be equal: numbers, characters, booleans and strings of different types. */
    private static boolean neverEqual(Class<?> one, Class<?> other) {
        if (one.isArray() && other.isArray()) {
            return neverEqual(one.getComponentType(), other.getComponentType());
        }
        Class<?> a = MethodType.methodType(one).wrap().returnType();
        Class<?> b = MethodType.methodType(other).wrap().returnType();
        return isPlainValue(a) && isPlainValue(b) && a != b;
    }

    private static boolean isPlainValue(Class<?> type) {
        return type == String.class
                || MethodType.methodType(type).unwrap().returnType().isPrimitive();
    }
}
