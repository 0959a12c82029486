package com.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Fixture;

/** Sells a ticket twice now and then. */
class Tickets {
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, Object> holders = new ConcurrentHashMap<>();

    int buy(Object holder) {
        int ticket = next.get();
        next.set(ticket + 1);
        holders.put(ticket, holder);
        return ticket;
    }

    Object holder(int ticket) {
        return holders.get(ticket);
    }

    static class OnSale implements Fixture<Tickets> {
        @Override
        public Tickets create() {
            return new Tickets();
        }
    }
}
