package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Once;
import org.concurrentharness.fixture.OnceOptions;
import org.concurrentharness.fixture.Scope;
import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.junit5.TestGroup;
import org.junit.jupiter.api.Test;

class FixtureExampleTests {
    static class ServerFixture implements Fixture<Server> {
        @Override
        public Server create() throws Exception {
            return new Server(8080);
        }

        @Override
        public void close(Server server) {
            server.close();
        }
    }

    static class ClientFixture implements Fixture<Server.Client> {
        private final Server server;

        ClientFixture(@SharedFixture(ServerFixture.class) Server server) {
            this.server = server;
        }

        @Override
        public Server.Client create() {
            return server.client();
        }
    }

    static class QueryTests {
        @SharedFixture(ServerFixture.class)
        private Server server;

        @Test
        void answers(@SharedFixture(value = ClientFixture.class, scope = Scope.CLASS) Server.Client client) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @TestGroup(value = "orders", in = "database")
    static class OrderTests {
        @Test
        void places(@SharedFixture(value = ServerFixture.class, scope = Scope.GROUP) Server server) {}
    }

    @TestGroup(value = "users", in = "database")
    static class UserTests {
        @Test
        void signsUp(@SharedFixture(value = ServerFixture.class, scope = Scope.GROUP) Server server) {}
    }

    @Test
    void isInitialisedOnce() {
        Once<Server> server = Once.of(() -> new Server(8080));
        server.get().port();
        server.state(); // READY; before: UNINITIALIZED, INITIALIZING, FAILED
        assertThat(server.state()).isEqualTo(Once.State.READY);
    }

    @Test
    void hasOptions() {
        Once<Server> server = Once.of(
                OnceOptions.defaults()
                        .name("server")
                        .timeout(Duration.ofSeconds(5))
                        .retries(2),
                new ServerFixture());
        assertThat(server.get().client().isConnected()).isTrue();
    }
}
