package org.concurrentharness.jcstress.suites;

import org.concurrentharness.order.Rendezvous;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Threads reach points in their order, and see what was done before the points that have been reached. */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "in their order")
@Outcome(expect = Expect.FORBIDDEN, desc = "out of order, or left waiting")
@State
public class RendezvousTests {
    private static final int LEFT_WAITING = -1;

    private final Rendezvous rendezvous = Rendezvous.of("asked", "answered").patience(Patience.OF_SUITES);

    // Plain, so that nothing but the rendezvous publishes it.
    private int said;

    private boolean reaches(String point) {
        long began = System.nanoTime();
        try {
            rendezvous.reach(point);
            return !Patience.isOver(began);
        } catch (IllegalStateException | InterruptedException e) {
            return false;
        }
    }

    @Actor
    public void asks(II_Result result) {
        said = 1;
        boolean asked = reaches("asked");
        result.r1 = asked ? 2 : LEFT_WAITING;
    }

    @Actor
    public void answers(II_Result result) {
        result.r2 = reaches("answered") ? said : LEFT_WAITING;
    }
}
