package org.concurrentharness.jcstress.suites;

import org.concurrentharness.order.StartingGun;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads start together: none before the other has come, and each sees what the other did before. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each saw that the other had come")
@Outcome(expect = Expect.FORBIDDEN, desc = "started alone, or was left waiting")
@State
public class StartingGunTests {
    private static final int NEVER_STARTED = -1;

    private final StartingGun gun = StartingGun.of(2);

    // Plain, so that nothing but the gun publishes them.
    private int first;
    private int second;

    private boolean starts() {
        long began = System.nanoTime();
        try {
            gun.await(Patience.OF_SUITES);
            return !Patience.isOver(began);
        } catch (IllegalStateException | InterruptedException e) {
            return false;
        }
    }

    @Actor
    public void first(II_Result result) {
        first = 1;
        result.r1 = starts() ? second : NEVER_STARTED;
    }

    @Actor
    public void second(II_Result result) {
        second = 1;
        result.r2 = starts() ? first : NEVER_STARTED;
    }
}
