package org.concurrentharness.jcstress.suites;

import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.FixtureStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two tests need the same fixture: it is created once, and both see all of it. */
@JCStressTest
@Outcome(id = "42, 42, 1", expect = Expect.ACCEPTABLE, desc = "one fixture, seen whole by both")
@Outcome(expect = Expect.FORBIDDEN, desc = "created twice, seen half-built, or lost (-1)")
@State
public class FixtureStoreTests {
    private static final Key KEY = new Key("server");

    private final AtomicInteger created = new AtomicInteger();
    private final FixtureStore store = new FixtureStore("run");

    /** Plain, so that nothing but the store publishes it. */
    private static final class Server {
        private int port;
    }

    /** Asked for its hash code before it is looked for, and before it is put: there the other one gets a chance. */
    private record Key(String name) {
        @Override
        public int hashCode() {
            Thread.yield();
            return name.hashCode();
        }
    }

    private Server create() {
        created.incrementAndGet();
        Server server = new Server();
        server.port = 42;
        return server;
    }

    private int port() {
        store.add(KEY, "server", this::create);
        try {
            Server server = (Server) new FixtureStore.Need(store, KEY, Patience.OF_SUITES, "a test").use();
            return server.port;
        } catch (IllegalArgumentException e) { // how the store says that it does not know a fixture
            return -1;
        }
    }

    @Actor
    public void first(III_Result result) {
        result.r1 = port();
    }

    @Actor
    public void second(III_Result result) {
        result.r2 = port();
    }

    @Arbiter
    public void count(III_Result result) {
        result.r3 = created.get();
    }
}
