package org.concurrentharness.explore;

import java.lang.reflect.Array;
import org.concurrentharness.race.AccessHistory;
import org.jspecify.annotations.Nullable;

/** A field of an object, an element of an array, a static field, or a collection as a whole, with what the threads did to it. */
final class Variable extends AccessHistory {
    /** The object, the array, the collection; null for a static field. */
    @Nullable
    Object owner;

    int location;

    /** Returns the index of an array's element. */
    int index() {
        return location >>> 1;
    }

    boolean isElement() {
        Object array = owner;
        return array != null && array.getClass().isArray();
    }

    /** Returns false for an access of an array beyond its end, which throws and touches nothing. */
    boolean exists() {
        Object array = owner;
        return array == null || !array.getClass().isArray() || index() < Array.getLength(array);
    }

    /** The variables of an execution. */
    static final class Table extends IdentityTable<Variable> {
        Table(EngineHashes hashes) {
            super(hashes);
        }

        @Override
        Variable create() {
            return new Variable();
        }

        @Override
        void reset(Variable variable, Object object, int location) {
            variable.clear();
            variable.owner = isStatic(object) ? null : object;
            variable.location = location;
        }
    }
}
