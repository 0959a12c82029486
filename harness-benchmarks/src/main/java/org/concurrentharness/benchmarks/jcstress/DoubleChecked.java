package org.concurrentharness.benchmarks.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Double-checked locking without {@code volatile}, of an object that is filled after it was published. */
@JCStressTest
@Outcome(id = "42, 42", expect = Expect.ACCEPTABLE, desc = "both see it filled")
@Outcome(
        id = {"0, 42", "42, 0", "0, 0"},
        expect = Expect.FORBIDDEN,
        desc = "half-built object seen")
@State
public class DoubleChecked {
    private static final class Holder {
        private int value;

        void fill() {
            value = 42;
        }
    }

    private Holder holder;

    @SuppressWarnings("DoubleCheckedLocking") // the bug
    private Holder get() {
        if (holder == null) {
            synchronized (this) {
                if (holder == null) {
                    holder = new Holder();
                    holder.fill();
                }
            }
        }
        return holder;
    }

    @Actor
    public void first(II_Result result) {
        result.r1 = get().value;
    }

    @Actor
    public void second(II_Result result) {
        result.r2 = get().value;
    }
}
