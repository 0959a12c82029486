package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.Tag;

/** Check, then act: each method of the account is synchronized, and yet two withdrawals overdraw it. */
class BankTransferTests {
    static class Account {
        private int balance = 100;

        synchronized int balance() {
            return balance;
        }

        synchronized void withdraw(int amount) {
            balance -= amount;
        }

        /** The mend: look and take without letting go of the lock. */
        synchronized boolean withdrawIfCovered(int amount) {
            if (balance < amount) {
                return false;
            }
            balance -= amount;
            return true;
        }
    }

    @Tag("broken")
    @ConcurrentTest
    void neverOverdraws() throws InterruptedException {
        Account account = new Account();

        Thread partner = new Thread(() -> withdraw(account, 60));
        partner.start();
        withdraw(account, 60);
        partner.join();

        assertThat(account.balance()).isNotNegative();
    }

    private static void withdraw(Account account, int amount) {
        if (account.balance() >= amount) {
            account.withdraw(amount); // somebody else may have withdrawn since we looked
        }
    }

    @ConcurrentTest
    void neverOverdrawsWhenLookingAndTakingAreOneStep() throws InterruptedException {
        Account account = new Account();

        Thread partner = new Thread(() -> account.withdrawIfCovered(60));
        partner.start();
        account.withdrawIfCovered(60);
        partner.join();

        assertThat(account.balance()).isEqualTo(40);
    }
}
