package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** The locks of {@code java.util.concurrent.locks}: an unlock orders what follows the next lock of the same lock. */
class LockRaceTests extends RaceTable {
    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(locks());
        all.addAll(conditions());
        all.addAll(readWriteLocks());
        all.addAll(stampedLocks());
        return all;
    }

    /** Increments under a lock. */
    private static void increment(Box box, Lock lock) {
        lock.lock();
        try {
            box.value++;
        } finally {
            lock.unlock();
        }
    }

    private static List<RaceProgram> locks() {
        return List.of(
                clean("ReentrantLock.lock", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    together(() -> increment(box, lock), () -> increment(box, lock));
                }),
                clean("A fair ReentrantLock", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock(true);
                    together(() -> increment(box, lock), () -> increment(box, lock), () -> increment(box, lock));
                }),
                racy("Two ReentrantLocks", "Box.value", () -> {
                    Box box = new Box();
                    together(() -> increment(box, new ReentrantLock()), () -> increment(box, new ReentrantLock()));
                }),
                racy("A ReentrantLock on one side", "Box.value", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    together(() -> increment(box, lock), () -> box.value++);
                }),
                // they are two locks: the object's monitor, and what it does as a Lock
                racy("A ReentrantLock that one thread uses as a monitor", "Box.value", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    together(() -> increment(box, lock), () -> {
                        synchronized (lock) {
                            box.value++;
                        }
                    });
                }),
                clean("ReentrantLock.tryLock that succeeds", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    together(() -> increment(box, lock), () -> {
                        if (lock.tryLock()) {
                            box.value++;
                            lock.unlock();
                        }
                    });
                }),
                sometimesRacy("ReentrantLock.tryLock whose answer nobody heeds", "Box.value", () -> {
                    Box box = new Box();
                    ReentrantLock lock = new ReentrantLock();
                    together(
                            () -> {
                                lock.lock();
                                box.value++;
                                Thread.yield();
                                lock.unlock();
                            },
                            () -> {
                                lock.tryLock();
                                box.value++;
                                if (lock.isHeldByCurrentThread()) {
                                    lock.unlock();
                                }
                            });
                }));
    }

    private static List<RaceProgram> conditions() {
        return List.of(
                clean("Condition.signal and await", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    Condition changed = lock.newCondition();
                    together(
                            () -> {
                                lock.lock();
                                box.value = 1;
                                changed.signalAll();
                                lock.unlock();
                            },
                            () -> {
                                lock.lock();
                                while (box.value == 0) {
                                    changed.await();
                                }
                                lock.unlock();
                            });
                }),
                racy("What is written after Condition.signal and unlock", "Box.content", () -> {
                    Box box = new Box();
                    Lock lock = new ReentrantLock();
                    Condition changed = lock.newCondition();
                    together(
                            () -> {
                                lock.lock();
                                box.value = 1;
                                changed.signalAll();
                                lock.unlock();
                                box.content = "late";
                            },
                            () -> {
                                lock.lock();
                                while (box.value == 0) {
                                    changed.await();
                                }
                                lock.unlock();
                                use(box.content);
                            });
                }));
    }

    private static List<RaceProgram> readWriteLocks() {
        return List.of(
                clean("The write lock and the read lock of a ReentrantReadWriteLock", () -> {
                    Box box = new Box();
                    ReadWriteLock lock = new ReentrantReadWriteLock();
                    Runnable reader = () -> {
                        lock.readLock().lock();
                        use(box.value);
                        lock.readLock().unlock();
                    };
                    together(() -> increment(box, lock.writeLock()), reader::run, reader::run);
                }),
                // two threads may hold it together
                sometimesRacy("Writing under the read lock", "Box.value", () -> {
                    Box box = new Box();
                    ReadWriteLock lock = new ReentrantReadWriteLock();
                    together(() -> increment(box, lock.readLock()), () -> increment(box, lock.readLock()));
                }),
                clean("A write lock that is downgraded", () -> {
                    Box box = new Box();
                    ReadWriteLock lock = new ReentrantReadWriteLock();
                    Runnable task = () -> {
                        lock.writeLock().lock();
                        box.value++;
                        lock.readLock().lock();
                        lock.writeLock().unlock();
                        use(box.value);
                        lock.readLock().unlock();
                    };
                    together(task::run, task::run);
                }),
                racy("A write lock on one side only", "Box.value", () -> {
                    Box box = new Box();
                    ReadWriteLock lock = new ReentrantReadWriteLock();
                    together(() -> increment(box, lock.writeLock()), () -> use(box.value));
                }));
    }

    private static List<RaceProgram> stampedLocks() {
        return List.of(
                clean("The write lock and the read lock of a StampedLock", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    together(() -> increment(box, lock.asWriteLock()), () -> {
                        long stamp = lock.readLock();
                        use(box.value);
                        lock.unlockRead(stamp);
                    });
                }),
                sometimesRacy("Writing under the read lock of a StampedLock", "Box.value", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    together(() -> increment(box, lock.asReadLock()), () -> increment(box, lock.asReadLock()));
                }),
                // what the reads returned is used only when no write came between
                clean("An optimistic read that is validated", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    together(() -> increment(box, lock.asWriteLock()), () -> use(optimistically(box, lock)));
                }),
                sometimesRacy("An optimistic read that is not validated", "Box.value", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    together(() -> increment(box, lock.asWriteLock()), () -> {
                        lock.tryOptimisticRead();
                        use(box.value);
                    });
                }),
                racy("An optimistic read beside a write without a lock", "Box.value", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    together(() -> box.value++, () -> use(optimistically(box, lock)));
                }),
                clean("An optimistic read that begins only when no writer is at work", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    Runnable reader = () -> {
                        long stamp = lock.tryOptimisticRead();
                        if (stamp != 0) {
                            int seen = box.value;
                            if (lock.validate(stamp)) {
                                use(seen);
                                return;
                            }
                        }
                        stamp = lock.readLock();
                        use(box.value);
                        lock.unlockRead(stamp);
                    };
                    together(
                            () -> increment(box, lock.asWriteLock()),
                            reader::run,
                            () -> increment(box, lock.asWriteLock()));
                }),
                clean("An optimistic stamp that is converted", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    Runnable task = () -> {
                        long stamp = lock.tryOptimisticRead();
                        int seen = box.value;
                        stamp = lock.tryConvertToWriteLock(stamp);
                        if (stamp == 0) {
                            stamp = lock.writeLock();
                            seen = box.value;
                        }
                        box.value = seen + 1;
                        lock.unlockWrite(stamp);
                    };
                    together(task::run, task::run);
                }),
                // a conversion that fails leaves the read lock held
                clean("A read lock that is converted", () -> {
                    Box box = new Box();
                    StampedLock lock = new StampedLock();
                    Runnable task = () -> {
                        long stamp = lock.readLock();
                        long converted = lock.tryConvertToWriteLock(stamp);
                        if (converted == 0) {
                            lock.unlockRead(stamp);
                            converted = lock.writeLock();
                        }
                        box.value++;
                        lock.unlockWrite(converted);
                    };
                    together(task::run, task::run);
                }));
    }

    private static int optimistically(Box box, StampedLock lock) {
        long stamp = lock.tryOptimisticRead();
        int seen = box.value;
        if (!lock.validate(stamp)) {
            stamp = lock.readLock();
            seen = box.value;
            lock.unlockRead(stamp);
        }
        return seen;
    }
}
