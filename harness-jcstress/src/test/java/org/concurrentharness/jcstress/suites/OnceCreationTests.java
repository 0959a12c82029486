package org.concurrentharness.jcstress.suites;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads ask for a value: it is created once, and both see all of it. */
@JCStressTest
@Outcome(id = "42, 42, 1", expect = Expect.ACCEPTABLE, desc = "one value, seen whole by both")
@Outcome(expect = Expect.FORBIDDEN, desc = "created twice, or seen half-built")
@State
public class OnceCreationTests {
    private static final OnceOptions OPTIONS = OnceOptions.defaults().name("value");

    private final AtomicInteger created = new AtomicInteger();
    private final Once<Value> once = Once.of(OPTIONS, this::create);

    /** Plain, so that nothing but {@code Once} publishes it. */
    private static final class Value {
        private int content;
    }

    private Value create() {
        created.incrementAndGet();
        Value value = new Value();
        value.content = 42;
        return value;
    }

    @Actor
    public void first(III_Result result) {
        result.r1 = once.get().content;
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = once.get().content;
    }

    @Arbiter
    public void count(III_Result result) {
        result.r3 = created.get();
    }
}
