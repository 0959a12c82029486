package org.concurrentharness.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server on the loopback address: {@code /none} answers at once, {@code /wait} after 2 to 10 ms, as one that asks another
 * does. Prints its port, and ends when its input does.
 */
public final class LoopbackServer {
    private static final byte[] ANSWER = "{\"orders\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final long LEAST_WAIT = 2_000;
    private static final long MOST_WAIT = 10_000;
    private static final int OK = 200;

    private LoopbackServer() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        SplittableRandom random = new SplittableRandom(1);
        server.createContext("/none", LoopbackServer::answer);
        // The server's own thread runs handlers, one after the other.
        server.createContext("/wait", exchange -> {
            ScheduledFuture<?> unused = timer.schedule(
                    () -> answerLate(exchange), random.nextLong(LEAST_WAIT, MOST_WAIT), TimeUnit.MICROSECONDS);
        });
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // until the end
        }
        server.stop(0);
        timer.shutdownNow();
    }

    private static void answerLate(HttpExchange exchange) {
        try {
            answer(exchange);
        } catch (IOException e) {
            // a client that has what it wanted goes away in the middle; the next one shall be served
            System.err.println(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(OK, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }
}
