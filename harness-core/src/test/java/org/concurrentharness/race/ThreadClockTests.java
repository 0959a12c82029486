package org.concurrentharness.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadClockTests {
    private final ThreadClock one = new ThreadClock();
    private final ThreadClock other = new ThreadClock();
    private final VectorClock lock = new VectorClock();

    @BeforeEach
    void begin() {
        one.begin(0);
        other.begin(1);
    }

    @Test
    void whatIsReleasedIsBeforeWhatAcquiresIt() {
        long before = one.epoch();
        one.release(lock);
        long after = one.epoch();

        other.acquire(lock);

        assertThat(other.isAfter(before)).isTrue();
        assertThat(other.isAfter(after)).isFalse();
    }

    @Test
    void aVolatileWriteKeepsWhatEarlierOnesReleased() {
        long before = one.epoch();
        one.release(lock);
        other.release(lock);
        ThreadClock third = third();

        third.acquire(lock);

        assertThat(third.isAfter(before)).isTrue();
    }

    @Test
    void aReleaseWriteHidesThoseBeforeIt() {
        long before = one.epoch();
        one.release(lock);
        other.releaseAlone(lock);
        ThreadClock third = third();

        third.acquire(lock);

        assertThat(third.isAfter(before)).isFalse();
    }

    @Test
    void anOpaqueWriteReleasesNothingUnlessAFenceDid() {
        long before = one.epoch();
        one.writeOpaque(lock);
        other.acquire(lock);
        assertThat(other.isAfter(before)).isFalse();

        one.releaseFence();
        long behind = one.epoch();
        one.writeOpaque(lock);
        other.acquire(lock);

        assertThat(other.isAfter(before)).isTrue();
        assertThat(other.isAfter(behind)).isFalse();
    }

    @Test
    void anOpaqueReadAcquiresNothingBeforeAFence() {
        long before = one.epoch();
        one.release(lock);

        other.readOpaque(lock);
        assertThat(other.isAfter(before)).isFalse();

        other.acquireFence();
        assertThat(other.isAfter(before)).isTrue();
    }

    @Test
    void aThreadBeginsAfterWhatStartedItAndEndsBeforeWhatJoinsIt() {
        long before = one.epoch();
        one.start(other);
        long after = one.epoch();
        assertThat(other.isAfter(before)).isTrue();
        assertThat(other.isAfter(after)).isFalse();

        long done = other.epoch();
        one.join(other);
        assertThat(one.isAfter(done)).isTrue();
    }

    @Test
    void anInterruptIsAnEdgeToWhoeverSeesIt() {
        long before = one.epoch();
        one.interrupt(other);
        assertThat(other.isAfter(before)).isFalse();
        assertThat(other.isInterrupted()).isTrue();

        other.seesInterruptOf(other);
        assertThat(other.isAfter(before)).isTrue();

        ThreadClock third = third();
        third.seesInterruptOf(other);
        assertThat(third.isAfter(before)).isTrue();
    }

    private static ThreadClock third() {
        ThreadClock third = new ThreadClock();
        third.begin(100); // clocks grow
        return third;
    }
}
