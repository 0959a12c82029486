package com.acme;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

public class NestTest {
    @JCStressTest
    @Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "both counted")
    @State
    public static class Inner {
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
}
