package org.concurrentharness.jcstress.subjects;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Ends the JVM in the midst of the stress. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all that can be")
@State
public class Crashing {
    private int value;

    @Actor
    public void first() {
        value = 7;
        System.err.println("ended on purpose");
        Runtime.getRuntime().halt(17);
    }

    @Actor
    public void second(I_Result result) {
        result.r1 = 0;
    }
}
