package org.concurrentharness.jcstress.suites;

import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceException;
import org.concurrentharness.fixture.OnceOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A thread that waits for the other one's value is woken. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both have it")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was left waiting")
@State
public class OnceWaitingTests {
    private static final OnceOptions OPTIONS = OnceOptions.defaults().name("value");

    private final Once<String> once = Once.of(OPTIONS, OnceWaitingTests::create);

    /** Takes its time, so that the other one mostly has to wait. */
    private static String create() {
        Thread.yield();
        return "value";
    }

    private boolean has() {
        long began = System.nanoTime();
        try {
            return once.get(Patience.OF_SUITES).equals("value") && !Patience.isOver(began);
        } catch (OnceException timeout) {
            return false;
        }
    }

    @Actor
    public void first(ZZ_Result result) {
        result.r1 = has();
    }

    @Actor
    public void second(ZZ_Result result) {
        result.r2 = has();
    }
}
