package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.junit5.RaceHunt;
import org.concurrentharness.junit5.SharedFixture;
import org.junit.jupiter.api.Test;

@RaceHunt
class TicketsTests {
    static class TicketsFixture implements Fixture<Tickets> {
        @Override
        public Tickets create() {
            return new Tickets();
        }
    }

    @SharedFixture(TicketsFixture.class)
    private Tickets tickets;

    @Test
    void buys() {
        int ticket = tickets.buy("me " + this);
        assertThat(tickets.holder(ticket)).isEqualTo("me " + this);
    }

    @Test
    void looks() {
        assertThat(tickets.sold()).isNotNegative();
    }

    static class Tickets {
        private final AtomicInteger sold = new AtomicInteger();
        private final Map<Integer, String> holders = new ConcurrentHashMap<>();

        int buy(String holder) {
            int ticket = sold.incrementAndGet();
            holders.put(ticket, holder);
            return ticket;
        }

        String holder(int ticket) {
            return holders.get(ticket);
        }

        int sold() {
            return sold.get();
        }
    }
}
