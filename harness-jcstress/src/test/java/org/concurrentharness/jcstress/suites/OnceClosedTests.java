package org.concurrentharness.jcstress.suites;

import java.util.concurrent.locks.LockSupport;
import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceException;
import org.concurrentharness.fixture.OnceOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/** A thread that asks again and again comes to know that the value was closed. */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "saw that it is closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "goes on with the value that is no longer there")
@State
public class OnceClosedTests {
    private static final long COMPILING_NANOS = 20_000_000;

    private final Once<String> once = Once.of(OnceOptions.defaults().name("value"), () -> "value");

    public OnceClosedTests() {
        once.get();
    }

    @Actor
    public void asks() {
        try {
            while (true) {
                once.get();
            }
        } catch (OnceException closed) {
            // what it is waiting for
        }
    }

    /** Leaves the compiler time for the loop: before, nothing is kept in a register. */
    @Signal
    public void closes() {
        LockSupport.parkNanos(COMPILING_NANOS);
        once.close();
    }
}
