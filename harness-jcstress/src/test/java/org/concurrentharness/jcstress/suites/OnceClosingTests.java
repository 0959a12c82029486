package org.concurrentharness.jcstress.suites;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceException;
import org.concurrentharness.fixture.OnceOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread asks for a value while another closes it: what was created is closed, whoever comes first. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed before it was asked for")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "created, and closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "never closed, or twice")
@State
public class OnceClosingTests {
    private static final OnceOptions OPTIONS = OnceOptions.defaults().name("value");

    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Once<String> once = Once.of(OPTIONS, new Fixture<>() {
        @Override
        public String create() {
            created.incrementAndGet();
            Thread.yield(); // so that it is mostly closed meanwhile
            return "value";
        }

        @Override
        public void close(String value) {
            closed.incrementAndGet();
        }
    });

    @Actor
    public void asks() {
        try {
            once.get();
        } catch (OnceException e) {
            // closed before
        }
    }

    @Actor
    public void closes() {
        once.close();
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = created.get();
        result.r2 = closed.get();
    }
}
