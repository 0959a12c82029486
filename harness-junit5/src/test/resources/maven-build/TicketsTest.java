package com.acme;

import static org.junit.jupiter.api.Assertions.assertSame;

import org.concurrentharness.junit5.RaceHunt;
import org.concurrentharness.junit5.SharedFixture;
import org.junit.jupiter.api.Test;

@RaceHunt
class TicketsTest {
    @SharedFixture(Tickets.OnSale.class)
    Tickets tickets;

    @Test
    void buys() {
        int ticket = tickets.buy(this);
        assertSame(this, tickets.holder(ticket));
    }

    @Test
    void looks() {
        tickets.holder(0);
    }
}
