package org.concurrentharness.jcstress.subjects;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Fills the heap. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all that can be")
@State
public class Hungry {
    private static final List<byte[]> HELD = new ArrayList<>();

    @Actor
    public void first() {
        synchronized (HELD) {
            while (HELD.size() < 100_000) {
                HELD.add(new byte[1_000_000]);
            }
        }
    }

    @Actor
    public void second(I_Result result) {
        result.r1 = 0;
    }
}
