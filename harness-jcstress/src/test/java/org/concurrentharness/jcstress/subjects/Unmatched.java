package org.concurrentharness.jcstress.subjects;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Has an outcome that it says nothing of. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "never seen")
@State
public class Unmatched {
    private int value;

    @Actor
    public void first() {
        value = 7;
    }

    @Actor
    public void second(I_Result result) {
        result.r1 = 1;
    }
}
