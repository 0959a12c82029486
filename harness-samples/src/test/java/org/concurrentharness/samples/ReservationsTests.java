package org.concurrentharness.samples;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.junit5.LinearizabilityTest;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.linearizability.Values;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Two guests on one seat: name the operations of a class and their arguments, and the harness makes up who calls what. */
class ReservationsTests {
    @Nested
    class LooksFirst {
        private final Map<String, String> seats = new ConcurrentHashMap<>();

        @Operation
        boolean reserve(@Values({"1A", "1B"}) String seat, @Values({"Ann", "Bob"}) String guest) {
            if (seats.containsKey(seat)) {
                return false;
            }
            seats.put(seat, guest);
            return true;
        }

        @Operation
        String guest(@Values({"1A", "1B"}) String seat) {
            return seats.get(seat);
        }

        @Tag("broken")
        @LinearizabilityTest
        void isLinearizable() {}
    }

    @Nested
    class LetsTheMapDecide {
        private final Map<String, String> seats = new ConcurrentHashMap<>();

        @Operation
        boolean reserve(@Values({"1A", "1B"}) String seat, @Values({"Ann", "Bob"}) String guest) {
            return seats.putIfAbsent(seat, guest) == null;
        }

        @Operation
        String guest(@Values({"1A", "1B"}) String seat) {
            return seats.get(seat);
        }

        @LinearizabilityTest(executions = 2_000)
        void isLinearizable() {}
    }
}
