package org.concurrentharness.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads under an optimistic stamp of a {@code StampedLock}: they count when the stamp is validated, and else were never made. */
final class OptimisticReads {
    private @Nullable Variable[] variables = new Variable[0];
    private int[] sites = new int[0];
    private int size;

    void add(Variable variable, int site) {
        if (size == variables.length) {
            variables = Arrays.copyOf(variables, Math.max(8, 2 * size));
            sites = Arrays.copyOf(sites, variables.length);
        }
        variables[size] = variable;
        sites[size++] = site;
    }

    int size() {
        return size;
    }

    Variable variable(int index) {
        Variable variable = variables[index];
        if (variable == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return variable;
    }

    int site(int index) {
        return sites[index];
    }

    void clear() {
        Arrays.fill(variables, 0, size, null);
        size = 0;
    }
}
