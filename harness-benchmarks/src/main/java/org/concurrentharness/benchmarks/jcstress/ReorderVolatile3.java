package org.concurrentharness.benchmarks.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Three threads that set two volatile fields one after the other, and one that looks at both in between. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "both set or none")
@Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "one set and the other not")
@State
public class ReorderVolatile3 {
    private volatile int a;
    private volatile int b;

    private void set() {
        a = 1;
        b = -1;
    }

    @Actor
    public void first() {
        set();
    }

    @Actor
    public void second() {
        set();
    }

    @Actor
    public void third() {
        set();
    }

    @Actor
    public void check(Z_Result result) {
        result.r1 = !((a == 0 && b == 0) || (a == 1 && b == -1));
    }
}
