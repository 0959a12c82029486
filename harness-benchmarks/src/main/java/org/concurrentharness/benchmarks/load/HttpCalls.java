package org.concurrentharness.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.junit5.LoadTest;
import org.concurrentharness.junit5.ThreadIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A load test whose client is as lean as wrk's: a connection for each thread, one write and one read for each call. */
public class HttpCalls {
    private static final int CONNECTIONS = Integer.getInteger("load.connections", 1);
    private static final int MOST_BYTES = 4_096;
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};

    private final List<Connection> connections = new ArrayList<>();

    @BeforeEach
    void connect() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(
                    new Connection(Integer.getInteger("load.port", 0), System.getProperty("load.path", "/none")));
        }
    }

    @LoadTest
    void called(@ThreadIndex int thread) throws IOException {
        connections.get(thread).call();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
    }

    private static final class Connection {
        final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(MOST_BYTES);

        Connection(int port, String path) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            byte[] bytes = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        }

        void call() throws IOException {
            channel.write(request.rewind());
            answer.clear();
            int end;
            do {
                if (channel.read(answer) < 0) {
                    throw new IOException("The server closed the connection.");
                }
                end = end();
            } while (end < 0 || answer.position() < end);
            if (answer.get("HTTP/1.1 ".length()) != '2') {
                throw new IOException("The server answered with an error.");
            }
        }

        /** Returns where the answer ends; below 0 while its headers are not there. */
        private int end() {
            for (int i = 0; i + END_OF_HEADERS.length <= answer.position(); i++) {
                if (answer.get(i) == '\r'
                        && answer.get(i + 1) == '\n'
                        && answer.get(i + 2) == '\r'
                        && answer.get(i + 3) == '\n') {
                    return i + END_OF_HEADERS.length + contentLength(i);
                }
            }
            return -1;
        }

        private int contentLength(int headersEnd) {
            byte[] name = "content-length: ".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i + name.length <= headersEnd; i++) {
                int k = 0;
                while (k < name.length && (answer.get(i + k) | 0x20) == (name[k] | 0x20)) {
                    k++;
                }
                if (k == name.length) {
                    int length = 0;
                    for (int at = i + k; answer.get(at) >= '0' && answer.get(at) <= '9'; at++) {
                        length = length * 10 + answer.get(at) - '0';
                    }
                    return length;
                }
            }
            throw new IllegalStateException("The server does not tell the length of its answer.");
        }
    }
}
