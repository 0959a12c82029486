package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.options;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.start;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time is an execution's own: it stands still while threads run, and jumps when none can. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeTests {
    @Test
    void everyClockShowsVirtualTime() {
        survives(() -> {
            Instant instant = Instant.now();
            long millis = System.currentTimeMillis();
            long nanos = System.nanoTime();
            Date date = new Date();
            Clock clock = Clock.systemUTC();
            long clockMillis = clock.millis();
            LocalDateTime local = LocalDateTime.now(ZoneOffset.UTC);
            Calendar calendar = new GregorianCalendar();
            checkEquals(local.getYear(), 2026);
            check(Math.abs(instant.toEpochMilli() - millis) < 1_000, "clocks differ");
            check(Math.abs(date.getTime() - millis) < 1_000, "clocks differ");
            check(Math.abs(clockMillis - millis) < 1_000, "clocks differ");
            check(Math.abs(calendar.getTimeInMillis() - millis) < 1_000, "clocks differ");
            Thread.sleep(Duration.ofDays(1).toMillis());
            check(Duration.between(instant, Instant.now()).toHours() >= 24, "Instant stands still");
            check(System.currentTimeMillis() - millis >= 86_400_000, "millis stand still");
            check(System.nanoTime() - nanos >= 86_400_000_000_000L, "nanos stand still");
            check(new Date().getTime() - date.getTime() >= 86_400_000, "Date stands still");
            check(clock.millis() - clockMillis >= 86_400_000, "Clock stands still");
            check(Calendar.getInstance().getTimeInMillis() - calendar.getTimeInMillis() >= 86_400_000, "Calendar");
            check(LocalDateTime.now(ZoneOffset.UTC).isAfter(local.plusHours(23)), "LocalDateTime stands still");
        });
    }

    @OnEachCarrier
    void timeIsTheSameInEachExecution(CarrierKind carrier) {
        Exploration result = Explorer.explore(
                options(carrier), () -> System.nanoTime() + " " + Instant.now() + " " + new Date().getTime());
        result.orThrow();
        assertThat(result.outcomes()).hasSize(1);
    }

    @Test
    void aLoopThatPollsTheClockEnds() {
        survives(() -> {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (System.nanoTime() < end) {
                // polls
            }
            long endMillis = System.currentTimeMillis() + 10_000;
            while (System.currentTimeMillis() < endMillis) {
                Thread.yield();
            }
        });
    }

    @Test
    void timeOutsideStaysReal() throws InterruptedException {
        long before = System.currentTimeMillis();
        survives(() -> Thread.sleep(Duration.ofDays(1_000).toMillis()));
        assertThat(System.currentTimeMillis() - before).isLessThan(60_000);
    }

    @Test
    void timeoutsWaitUntilNothingElseCanRun() {
        ExplorationBody impatient = () -> {
            BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
            Thread producer = start(() -> {
                for (int i = 0; i < 5; i++) {
                    Thread.yield();
                }
                queue.put(1);
            });
            check(queue.poll(1, TimeUnit.SECONDS) != null, "gave up");
            producer.join();
        };
        survives(impatient);
        fails(Failure.Kind.EXCEPTION, impatient, options -> options.timeouts(Timeouts.ANY_TIME));
    }

    @Test
    void timeoutsAtAnyTimeAreOfEveryTimedWait() {
        fails(
                Failure.Kind.EXCEPTION,
                () -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    start(latch::countDown);
                    check(latch.await(1, TimeUnit.SECONDS), "gave up");
                },
                options -> options.timeouts(Timeouts.ANY_TIME));
        fails(
                Failure.Kind.EXCEPTION,
                () -> {
                    Thread other = start(Thread::yield);
                    other.join(1_000);
                    check(!other.isAlive(), "gave up");
                },
                options -> options.timeouts(Timeouts.ANY_TIME));
        fails(
                Failure.Kind.EXCEPTION,
                () -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    Thread sleeper = start(() -> {
                        Thread.sleep(1_000);
                        checkEquals(latch.getCount(), 0L);
                    });
                    latch.countDown();
                    sleeper.join();
                },
                options -> options.timeouts(Timeouts.ANY_TIME));
        survives(
                () -> {
                    Object lock = new Object();
                    long start = System.nanoTime();
                    synchronized (lock) {
                        lock.wait(1_000);
                    }
                    check(System.nanoTime() - start >= 1_000_000_000, "time did not pass");
                },
                options -> options.timeouts(Timeouts.ANY_TIME));
    }
}
