package org.concurrentharness.junit5.docs;

/** A server, as far as examples need one. */
record Server(int port) implements AutoCloseable {
    Client client() {
        return new Client(port);
    }

    @Override
    public void close() {}

    /** A client of it. */
    record Client(int port) {
        boolean isConnected() {
            return port > 0;
        }
    }
}
