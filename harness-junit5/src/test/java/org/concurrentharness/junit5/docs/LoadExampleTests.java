package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.junit5.LoadTest;
import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.load.Baseline;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.Load;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadOptions;
import org.concurrentharness.load.LoadResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

class LoadExampleTests {
    static class OrderServer implements Fixture<HttpServer> {
        @Override
        public HttpServer create() throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.createContext("/orders", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        }

        @Override
        public void close(HttpServer server) {
            server.stop(0);
        }
    }

    static class OrdersTests {
        private final HttpClient client = HttpClient.newHttpClient();

        @LoadTest(threads = 16, rate = "500/s", duration = "30s", p99 = "50ms", errors = "0.1%")
        void answersInTime(@SharedFixture(OrderServer.class) HttpServer server) throws Exception {
            URI orders = URI.create("http://localhost:" + server.getAddress().getPort() + "/orders");
            HttpResponse<Void> answer =
                    client.send(HttpRequest.newBuilder(orders).build(), BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    static class OrderBookTests {
        private final Queue<String> orders = new ArrayBlockingQueue<>(10);

        @LoadTest(threads = 4, duration = "20s", baseline = "src/test/load/orders.json", tolerance = "15%")
        void takesOrders() {
            orders.add("tea");
            orders.remove();
        }
    }

    @Test
    void comparesWithABaseline(@TempDir Path directory) throws Throwable {
        Path file = directory.resolve("orders.json");
        LoadLimits limits = LoadLimits.none().errors(0);
        Load load = Load.of("orders", thread -> {})
                .options(LoadOptions.defaults().warmup(Duration.ZERO).duration(Duration.ofMillis(100)));

        LoadResult result = load.run();
        BaselineComparison comparison = Baseline.in(file).tolerance(0.15).compare(result, limits);
        result.orThrow(limits, comparison);

        assertThat(file).content().contains("orders");
    }

    /** Whether it is in time depends on the machine; whether it runs does not. */
    @Test
    void runs() {
        List<Map<String, String>> entries = new ArrayList<>();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OrdersTests.class))
                .configurationParameter("harness.load.warmup", "100ms")
                .configurationParameter("harness.load.duration", "200ms")
                .execute()
                .testEvents()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .forEach(event ->
                        entries.add(event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()));

        assertThat(entries)
                .anySatisfy(entry -> assertThat(entry)
                        .containsEntry("harness.load.operations", "100")
                        .containsEntry("harness.load.errors", "0"));
    }

    @Test
    void runsWithoutJUnit() throws Throwable {
        StringBuffer log = new StringBuffer();

        LoadResult result = Load.of("append", thread -> log.append(thread).setLength(0))
                .options(LoadOptions.defaults()
                        .threads(2)
                        .warmup(Duration.ofMillis(100))
                        .duration(Duration.ofMillis(200)))
                .run()
                .orThrow(LoadLimits.none().errors(0).minThroughput(100));
        System.out.println(result.report());

        assertThat(result.errors()).isZero();
    }
}
