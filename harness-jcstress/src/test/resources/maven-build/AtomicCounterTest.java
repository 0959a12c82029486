package com.acme;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@Tag("atomic")
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both counted")
@State
public class AtomicCounterTest {
    private final AtomicInteger counter = new AtomicInteger();

    @Actor
    public void first() {
        counter.incrementAndGet();
    }

    @Actor
    public void second() {
        counter.incrementAndGet();
    }

    @Arbiter
    public void look(I_Result result) {
        result.r1 = counter.get();
    }
}
