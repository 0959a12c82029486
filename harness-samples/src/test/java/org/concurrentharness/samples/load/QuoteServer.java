package org.concurrentharness.samples.load;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.concurrentharness.fixture.Fixture;

/** A server that tells how often a share was asked for: started by the first test that needs it, stopped after the last. */
class QuoteServer implements Fixture<QuoteServer.Running> {
    private static final int THREADS = 4;

    /**
     * The server while it runs.
     *
     * @param quotes where it answers
     */
    record Running(HttpServer server, ExecutorService threads, URI quotes) {}

    @Override
    public Running create() throws Exception {
        ConcurrentHashMap<String, AtomicLong> asked = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/quotes", exchange -> {
            asked.computeIfAbsent(exchange.getRequestURI().getPath(), path -> new AtomicLong())
                    .incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        String address = "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
        return new Running(server, threads, URI.create(address + "/quotes/"));
    }

    @Override
    public void close(Running running) {
        running.server().stop(0);
        running.threads().shutdown();
    }
}
