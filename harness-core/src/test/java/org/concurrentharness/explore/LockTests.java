package org.concurrentharness.explore;

import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.awaitState;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.thrownBy;
import static org.concurrentharness.explore.Tasks.together;

import java.util.ArrayDeque;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks, conditions and synchronizers of {@code java.util.concurrent}: each in a small right use, and in a wrong one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LockTests {
    /** A counter that counts right only when its calls exclude each other. */
    static final class Counter {
        private volatile int count;

        void increment() {
            int seen = count;
            count = seen + 1;
        }
    }

    @Test
    void reentrantLock() {
        for (boolean fair : new boolean[] {false, true}) {
            survives(() -> {
                ReentrantLock lock = new ReentrantLock(fair);
                Counter counter = new Counter();
                Tasks.Task task = () -> {
                    lock.lock();
                    try {
                        lock.lock();
                        counter.increment();
                        lock.unlock();
                        checkEquals(lock.getHoldCount(), 1);
                    } finally {
                        lock.unlock();
                    }
                };
                together(task, task, task);
                checkEquals(counter.count, 3);
                thrownBy(IllegalMonitorStateException.class, () -> {
                    lock.unlock();
                    return null;
                });
            });
        }
        fails(Failure.Kind.EXCEPTION, () -> {
            ReentrantLock lock = new ReentrantLock();
            Counter counter = new Counter();
            Tasks.Task task = () -> {
                boolean locked = lock.tryLock();
                counter.increment(); // also when it was not locked
                if (locked) {
                    lock.unlock();
                }
            };
            together(task, task);
            checkEquals(counter.count, 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ReentrantLock lock = new ReentrantLock();
            together(lock::lock, lock::lock);
        });
    }

    /** A bounded buffer with two conditions; wrong when it signals too little. */
    static final class Buffer {
        private final Lock lock = new ReentrantLock();
        private final Condition notFull = lock.newCondition();
        private final Condition notEmpty = lock.newCondition();
        private final ArrayDeque<Integer> items = new ArrayDeque<>();
        private final boolean signals;

        Buffer(boolean signals) {
            this.signals = signals;
        }

        void put(int item) throws InterruptedException {
            lock.lock();
            try {
                while (items.size() == 1) {
                    notFull.await();
                }
                items.add(item);
                notEmpty.signal();
            } finally {
                lock.unlock();
            }
        }

        int take() throws InterruptedException {
            lock.lock();
            try {
                while (items.isEmpty()) {
                    notEmpty.await();
                }
                int taken = items.remove();
                if (signals) {
                    notFull.signal();
                }
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void conditions() {
        survives(() -> {
            Buffer buffer = new Buffer(true);
            AtomicInteger sum = new AtomicInteger();
            together(
                    () -> {
                        buffer.put(1);
                        buffer.put(2);
                    },
                    () -> buffer.put(3),
                    () -> sum.addAndGet(buffer.take() + buffer.take()),
                    () -> sum.addAndGet(buffer.take()));
            checkEquals(sum.get(), 6);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            Buffer buffer = new Buffer(false);
            together(
                    () -> {
                        buffer.put(1);
                        buffer.put(2);
                    },
                    () -> {
                        buffer.take();
                        buffer.take();
                    });
        });
    }

    @Test
    void timedConditions() {
        survives(() -> {
            ReentrantLock lock = new ReentrantLock();
            Condition condition = lock.newCondition();
            lock.lock();
            try {
                long start = System.nanoTime();
                check(condition.awaitNanos(1_000_000_000) <= 0, "time left");
                check(System.nanoTime() - start >= 1_000_000_000, "too early");
                check(!condition.await(1, TimeUnit.SECONDS), "signalled by nobody");
                check(!condition.awaitUntil(new java.util.Date(System.currentTimeMillis() + 1_000)), "signalled");
            } finally {
                lock.unlock();
            }
            Thread signaller = start(() -> {
                lock.lock();
                condition.signalAll();
                lock.unlock();
            });
            boolean signalled;
            lock.lock();
            try {
                signalled = condition.await(1, TimeUnit.HOURS); // or the signal came before
            } finally {
                lock.unlock();
            }
            signaller.join();
            check(signalled || System.nanoTime() > 3_600_000_000_000L, "neither signalled nor timed out");
        });
    }

    @Test
    void tryLockWithATimeout() {
        survives(() -> {
            ReentrantLock lock = new ReentrantLock();
            lock.lock();
            Thread other = start(() -> {
                long start = System.nanoTime();
                check(!lock.tryLock(100, TimeUnit.MILLISECONDS), "got a held lock");
                check(System.nanoTime() - start >= 100_000_000, "too early");
                check(!lock.tryLock(), "got a held lock");
            });
            other.join();
            lock.unlock();
            Thread patient = start(() -> {
                check(lock.tryLock(1, TimeUnit.HOURS), "lock was free soon");
                lock.unlock();
            });
            lock.lock();
            lock.unlock();
            patient.join();
        });
    }

    @Test
    void readWriteLock() {
        survives(() -> {
            ReadWriteLock lock = new ReentrantReadWriteLock();
            Counter counter = new Counter();
            AtomicInteger readers = new AtomicInteger();
            Tasks.Task writer = () -> {
                lock.writeLock().lock();
                checkEquals(readers.get(), 0);
                counter.increment();
                lock.writeLock().unlock();
            };
            Tasks.Task reader = () -> {
                lock.readLock().lock();
                readers.incrementAndGet();
                int seen = counter.count;
                Thread.yield();
                checkEquals(counter.count, seen);
                readers.decrementAndGet();
                lock.readLock().unlock();
            };
            together(writer, reader, writer, reader);
            checkEquals(counter.count, 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ReadWriteLock lock = new ReentrantReadWriteLock();
            Counter counter = new Counter();
            Tasks.Task task = () -> {
                lock.readLock().lock(); // not enough
                counter.increment();
                lock.readLock().unlock();
            };
            together(task, task);
            checkEquals(counter.count, 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ReadWriteLock lock = new ReentrantReadWriteLock();
            lock.readLock().lock();
            lock.writeLock().lock(); // cannot be upgraded
        });
    }

    @Test
    void readersReadTogether() {
        fails(Failure.Kind.EXCEPTION, () -> {
            ReadWriteLock lock = new ReentrantReadWriteLock();
            AtomicInteger readers = new AtomicInteger();
            Tasks.Task reader = () -> {
                lock.readLock().lock();
                int together = readers.incrementAndGet();
                Thread.yield();
                readers.decrementAndGet();
                lock.readLock().unlock();
                check(together < 2, "two at once");
            };
            together(reader, reader);
        });
    }

    @Test
    void stampedLock() {
        survives(() -> {
            StampedLock lock = new StampedLock();
            Counter counter = new Counter();
            Tasks.Task writer = () -> {
                long stamp = lock.writeLock();
                counter.increment();
                lock.unlockWrite(stamp);
            };
            Tasks.Task reader = () -> {
                long stamp = lock.tryOptimisticRead();
                int seen = counter.count;
                if (!lock.validate(stamp)) {
                    stamp = lock.readLock();
                    seen = counter.count;
                    checkEquals(counter.count, seen);
                    lock.unlockRead(stamp);
                }
                check(seen <= 2, "too many");
            };
            together(writer, reader, writer);
            checkEquals(counter.count, 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            StampedLock lock = new StampedLock(); // not reentrant
            lock.writeLock();
            lock.writeLock();
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            StampedLock lock = new StampedLock();
            Counter one = new Counter();
            Counter other = new Counter();
            together(
                    () -> {
                        long stamp = lock.writeLock();
                        one.increment();
                        other.increment();
                        lock.unlockWrite(stamp);
                    },
                    () -> {
                        lock.tryOptimisticRead(); // and not validated
                        checkEquals(one.count, other.count);
                    });
        });
    }

    @Test
    void semaphore() {
        for (boolean fair : new boolean[] {false, true}) {
            survives(() -> {
                Semaphore semaphore = new Semaphore(2, fair);
                AtomicInteger inside = new AtomicInteger();
                Tasks.Task task = () -> {
                    semaphore.acquire();
                    check(inside.incrementAndGet() <= 2, "too many");
                    Thread.yield();
                    inside.decrementAndGet();
                    semaphore.release();
                };
                together(task, task, task);
                checkEquals(semaphore.availablePermits(), 2);
                check(!semaphore.tryAcquire(3, 1, TimeUnit.SECONDS), "there are two");
            });
        }
        fails(Failure.Kind.DEADLOCK, () -> {
            Semaphore semaphore = new Semaphore(2);
            Tasks.Task greedy = () -> {
                semaphore.acquire();
                semaphore.acquire();
                semaphore.release(2);
            };
            together(greedy, greedy);
        });
    }

    @Test
    void countDownLatch() {
        survives(() -> {
            CountDownLatch latch = new CountDownLatch(2);
            AtomicInteger done = new AtomicInteger();
            Tasks.Task task = () -> {
                done.incrementAndGet();
                latch.countDown();
            };
            start(task);
            start(task);
            latch.await();
            checkEquals(done.get(), 2);
            check(latch.await(1, TimeUnit.SECONDS), "is open");
            check(!new CountDownLatch(1).await(1, TimeUnit.SECONDS), "is closed");
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            CountDownLatch latch = new CountDownLatch(2);
            AtomicInteger first = new AtomicInteger();
            Tasks.Task task = () -> {
                if (first.get() == 0) {
                    first.set(1);
                    latch.countDown();
                }
            };
            start(task);
            start(task);
            latch.await();
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            CountDownLatch latch = new CountDownLatch(1);
            AtomicInteger done = new AtomicInteger();
            start(() -> {
                latch.countDown();
                done.set(1); // too late
            });
            latch.await();
            checkEquals(done.get(), 1);
        });
    }

    @Test
    void cyclicBarrier() {
        survives(() -> {
            AtomicInteger trips = new AtomicInteger();
            CyclicBarrier barrier = new CyclicBarrier(2, trips::incrementAndGet);
            Tasks.Task task = () -> {
                barrier.await();
                checkEquals(trips.get(), 1);
                barrier.await();
                barrier.await();
            };
            together(task, task);
            checkEquals(trips.get(), 3);
        });
        survives(() -> {
            CyclicBarrier barrier = new CyclicBarrier(2);
            thrownBy(TimeoutException.class, () -> barrier.await(1, TimeUnit.SECONDS));
            check(barrier.isBroken(), "not broken");
            thrownBy(BrokenBarrierException.class, barrier::await);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            CyclicBarrier barrier = new CyclicBarrier(2);
            together(barrier::await, barrier::await, barrier::await);
        });
    }

    @Test
    void phaser() {
        survives(() -> {
            Phaser phaser = new Phaser(1);
            AtomicInteger arrived = new AtomicInteger();
            Thread[] threads = new Thread[2];
            for (int i = 0; i < 2; i++) {
                phaser.register();
                threads[i] = start(() -> {
                    arrived.incrementAndGet();
                    phaser.arriveAndAwaitAdvance();
                    checkEquals(arrived.get(), 2);
                    phaser.arriveAndDeregister();
                });
            }
            phaser.arriveAndAwaitAdvance();
            checkEquals(arrived.get(), 2);
            phaser.arriveAndAwaitAdvance();
            phaser.arriveAndDeregister();
            check(phaser.isTerminated(), "not terminated");
            for (Thread thread : threads) {
                thread.join();
            }
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            Phaser phaser = new Phaser(1);
            start(() -> {
                phaser.register(); // perhaps too late, and never arrives
            });
            phaser.arriveAndAwaitAdvance();
        });
    }

    @Test
    void exchanger() {
        survives(() -> {
            Exchanger<String> exchanger = new Exchanger<>();
            together(() -> checkEquals(exchanger.exchange("a"), "b"), () -> checkEquals(exchanger.exchange("b"), "a"));
            thrownBy(TimeoutException.class, () -> exchanger.exchange("c", 1, TimeUnit.SECONDS));
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            Exchanger<String> exchanger = new Exchanger<>();
            together(() -> exchanger.exchange("a"), () -> exchanger.exchange("b"), () -> exchanger.exchange("c"));
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Exchanger<String> exchanger = new Exchanger<>();
            Thread one = start(() -> checkEquals(exchanger.exchange("a"), "b"));
            start(() -> exchanger.exchange("b"));
            start(() -> exchanger.exchange("c"));
            start(() -> exchanger.exchange("d"));
            one.join();
        });
    }

    @Test
    void parkAndUnpark() {
        survives(() -> {
            LockSupport.unpark(Thread.currentThread());
            LockSupport.unpark(Thread.currentThread()); // one permit, however often
            LockSupport.park();
            long start = System.nanoTime();
            LockSupport.parkNanos(1_000_000_000);
            check(System.nanoTime() - start >= 1_000_000_000, "had two permits");
            LockSupport.parkUntil(System.currentTimeMillis() + 1_000);
            Thread thread = start(() -> {
                LockSupport.park("blocker");
                LockSupport.park(LockTests.class);
            });
            LockSupport.unpark(thread);
            awaitState(thread, Thread.State.WAITING);
            while (thread.isAlive()) {
                LockSupport.unpark(thread);
                Thread.yield();
            }
            LockSupport.unpark(null);
            LockSupport.unpark(new Thread(Thread::yield)); // not started: has no effect
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            LockSupport.unpark(Thread.currentThread());
            LockSupport.unpark(Thread.currentThread());
            LockSupport.park();
            LockSupport.park();
        });
    }

    @Test
    void aThreadThatDiesHoldingALockKeepsIt() {
        fails(Failure.Kind.DEADLOCK, () -> {
            ReentrantLock lock = new ReentrantLock();
            Thread thread = start(lock::lock);
            thread.join();
            lock.lock();
        });
    }
}
