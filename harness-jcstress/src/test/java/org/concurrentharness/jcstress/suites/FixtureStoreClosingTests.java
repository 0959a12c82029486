package org.concurrentharness.jcstress.suites;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.OnceException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A store is closed while a test needs a fixture: what was created is closed, whoever comes first. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed before it was needed")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "created, and closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "never closed, or twice")
@State
public class FixtureStoreClosingTests {
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final FixtureStore store = new FixtureStore("run");
    private final Fixture<String> fixture = new Fixture<>() {
        @Override
        public String create() {
            created.incrementAndGet();
            return "server";
        }

        @Override
        public void close(String server) {
            closed.incrementAndGet();
        }
    };

    @Actor
    public void needs() {
        store.add("key", "server", fixture);
        try {
            new FixtureStore.Need(store, "key", Patience.OF_SUITES, "a test").use();
        } catch (OnceException e) {
            // closed before
        }
    }

    @Actor
    public void closes() {
        store.close();
    }

    @Arbiter
    public void count(II_Result result) {
        result.r1 = created.get();
        result.r2 = closed.get();
    }
}
