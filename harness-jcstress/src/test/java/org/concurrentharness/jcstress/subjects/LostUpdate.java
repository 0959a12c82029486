package org.concurrentharness.jcstress.subjects;

import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads that increment a plain counter. */
@Tag("slow")
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both counted")
@Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "one lost")
@State
public class LostUpdate {
    private int counter;

    @Actor
    public void first() {
        counter++;
    }

    @Actor
    public void second() {
        counter++;
    }

    @Arbiter
    public void look(I_Result result) {
        result.r1 = counter;
    }
}
