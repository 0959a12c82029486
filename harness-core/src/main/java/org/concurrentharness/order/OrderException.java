package org.concurrentharness.order;

import java.util.List;

/**
 * Tells why tests have no order.
 *
 * @since 0.1
 */
public final class OrderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    OrderException(List<Fault> faults) {
        super(
                String.join(
                        System.lineSeparator(),
                        faults.stream().map(Fault::message).toList()),
                null,
                false,
                false);
        this.faults = List.copyOf(faults);
    }

    /**
     * One reason.
     *
     * @param node the test that it is told of
     * @param message one sentence that names the tests and the mend
     */
    public record Fault(int node, String message) {}

    /** Returns the reasons; not empty. */
    public List<Fault> faults() {
        return faults;
    }
}
