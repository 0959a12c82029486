package org.concurrentharness.explore;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** An array of which some elements are made anew for each execution, by their constructors alone. */
final class CargoTemplate {
    private final @Nullable Object[] values;

    /** By index, the constructor of an element to make anew. */
    private final @Nullable MethodHandle[] constructors;

    /** By index, where the same object stands first. */
    private final int[] first;

    CargoTemplate(Cargo cargo, ClassLoader loader) throws IOException, ReflectiveOperationException {
        values = CargoReader.unpackTemplate(cargo, loader);
        constructors = new @Nullable MethodHandle[values.length];
        first = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Cargo.Anew anew) {
                constructors[i] = Anew.constructor(Class.forName(anew.className(), false, loader));
                while (values[first[i]] != anew) {
                    first[i]++;
                }
            }
        }
    }

    /** Returns the values of one execution. To be called on managed thread 0, since constructors may do anything. */
    @Nullable
    Object[] values() throws Throwable {
        @Nullable Object[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
            MethodHandle constructor = constructors[i];
            if (constructor != null) {
                filled[i] = first[i] < i ? filled[first[i]] : (Object) constructor.invokeExact();
            }
        }
        return filled;
    }
}
