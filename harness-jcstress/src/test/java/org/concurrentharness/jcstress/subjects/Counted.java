package org.concurrentharness.jcstress.subjects;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads that increment an atomic counter. */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the first was first")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the second was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "anything else")
@State
public class Counted {
    private final AtomicInteger counter = new AtomicInteger();

    @Actor
    public void first(II_Result result) {
        result.r1 = counter.incrementAndGet();
    }

    @Actor
    public void second(II_Result result) {
        result.r2 = counter.incrementAndGet();
    }
}
