package org.concurrentharness.jcstress.subjects;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Waits for ever. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all that can be")
@State
public class Hanging {
    private volatile boolean never;

    @Actor
    public void waitsForEver() {
        while (!never) {
            LockSupport.park();
        }
    }

    @Actor
    public void second(I_Result result) {
        result.r1 = 0;
    }
}
