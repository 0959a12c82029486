package org.concurrentharness.explore;

import org.concurrentharness.agent.Agent;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two platform threads hand control over, there and back: each sees all that the other one did before. In this package since the
 * carrier is nobody else's business.
 */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "beside each other, or with what was there before")
@State
public class HandOverTests {
    static {
        Agent.install(); // opens what the carrier reaches into
    }

    private final ManagedThread one = new ManagedThread(0);
    private final ManagedThread other = new ManagedThread(1);

    /** The carrier belongs to the thread that makes it. */
    private volatile @Nullable PlatformCarrier carrier;

    private volatile boolean here;

    // Plain, so that nothing but the hand-over publishes it.
    private int said;

    @Actor
    public void gives(II_Result result) {
        one.thread = Thread.currentThread();
        PlatformCarrier mine = new PlatformCarrier();
        carrier = mine;
        while (!here) {
            Thread.onSpinWait();
        }
        said = 1;
        mine.switchTo(one, other);
        result.r1 = said;
    }

    @Actor
    public void takes(II_Result result) {
        other.thread = Thread.currentThread();
        here = true;
        PlatformCarrier theirs = carrier;
        while (theirs == null) {
            Thread.onSpinWait();
            theirs = carrier;
        }
        theirs.begin(other);
        result.r2 = said;
        said = 2;
        theirs.exit(other, one);
    }
}
