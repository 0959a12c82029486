package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.ConcurrentTest;

class AccountTests {
    @ConcurrentTest
    void isNeverOverdrawn() throws Exception {
        Account account = new Account(100);
        Thread other = new Thread(() -> account.withdraw(60));
        other.start();
        account.withdraw(60);
        other.join();
        assertThat(account.balance()).isEqualTo(40);
    }
}
