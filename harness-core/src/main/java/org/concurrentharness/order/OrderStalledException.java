package org.concurrentharness.order;

/**
 * A test waits for others that can never run. The message tells the state of every gate.
 *
 * @since 0.1
 */
public final class OrderStalledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OrderStalledException(String message) {
        super(message);
    }
}
