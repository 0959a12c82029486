package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.ConcurrentTest;

class TransferTests {
    private final Account account = new Account(100);

    @Actor(threads = 2)
    void deposit() {
        account.deposit(10);
    }

    @Actor
    void withdraw() {
        account.withdraw(50);
    }

    @ConcurrentTest
    void balances() {
        assertThat(account.balance()).isEqualTo(70);
    }
}
