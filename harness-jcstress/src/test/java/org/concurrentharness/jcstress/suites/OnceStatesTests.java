package org.concurrentharness.jcstress.suites;

import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A thread that looks on sees the states of a value in their order. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "never a step back")
@Outcome(expect = Expect.FORBIDDEN, desc = "a state that had passed already")
@State
public class OnceStatesTests {
    private static final OnceOptions OPTIONS = OnceOptions.defaults().name("value");

    private final Once<String> once = Once.of(OPTIONS, () -> "value");

    private volatile boolean over;

    @Actor
    public void lives() {
        once.get();
        once.close();
        over = true;
    }

    @Actor
    public void looksOn(I_Result result) {
        Once.State last = Once.State.UNINITIALIZED;
        boolean seenAll;
        do {
            seenAll = over;
            Once.State state = once.state();
            if (state.compareTo(last) < 0) {
                result.r1++;
            }
            last = state;
        } while (!seenAll);
    }
}
