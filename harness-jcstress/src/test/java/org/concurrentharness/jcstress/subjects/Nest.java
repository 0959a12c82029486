package org.concurrentharness.jcstress.subjects;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Tests in a class that is none itself. */
@Tag("nested")
public class Nest {
    /** Looks whether a thread ends that is told to. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "ended")
    @Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "never saw it")
    @State
    public static class Ending {
        private volatile boolean told;

        @Actor
        public void waits() {
            while (!told) {
                Thread.onSpinWait();
            }
        }

        @Signal
        public void tells() {
            told = true;
        }
    }

    /** A class between. */
    public static class Twig {
        /** Not to be run. */
        @Disabled("on purpose")
        @Tag("deep")
        @JCStressTest
        @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all that can be")
        @State
        public static class Deep {
            private int value;

            @Actor
            public void first() {
                value = 7;
            }

            @Actor
            public void second(I_Result result) {
                result.r1 = 0;
            }
        }
    }
}
