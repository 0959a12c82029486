package org.concurrentharness.junit5.docs;

import java.util.concurrent.atomic.AtomicInteger;

class Account {
    private final AtomicInteger balance;

    Account(int balance) {
        this.balance = new AtomicInteger(balance);
    }

    void deposit(int amount) {
        balance.addAndGet(amount);
    }

    boolean withdraw(int amount) {
        int seen;
        do {
            seen = balance.get();
            if (seen < amount) {
                return false;
            }
        } while (!balance.compareAndSet(seen, seen - amount));
        return true;
    }

    int balance() {
        return balance.get();
    }
}
