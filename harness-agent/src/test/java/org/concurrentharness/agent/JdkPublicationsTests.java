package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.concurrentharness.probe.Probe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who takes something from the JDK acquires what released it there. */
class JdkPublicationsTests {
    private interface Action {
        Object run() throws Exception;
    }

    /** Gives tasks back to whoever asks. */
    private static final class OpenPool extends ForkJoinPool {
        OpenPool() {
            super(1);
        }

        ForkJoinTask<?> poll() {
            return pollSubmission();
        }
    }

    /** All in one bin of a map. */
    private record Key(int number) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }
    }

    @BeforeAll
    static void rewriteJdk() {
        Agent.install().rewriteJdk();
        assertThat(Agent.install().notRewritten()).isEmpty();
    }

    private static Arguments row(String name, Action give, Action take) {
        return row(name, "", give, take);
    }

    /** With the class of the object by which it has to be ordered: that by others is luck. */
    private static Arguments row(String name, String carrier, Action give, Action take) {
        return arguments(name, carrier, give, take);
    }

    private static Action of(Runnable action) {
        return () -> {
            action.run();
            return true;
        };
    }

    private static Arguments queue(Queue<String> queue) {
        return row(queue.getClass().getSimpleName(), () -> queue.offer("a"), queue::poll);
    }

    private static Arguments blocking(BlockingQueue<String> queue) {
        return row(
                queue.getClass().getSimpleName() + " blocking",
                of(() -> {
                    for (int i = 0; i < 3; i++) {
                        queue.add("a" + i);
                    }
                }),
                queue::take);
    }

    private static Arguments map(String name, String carrier, ConcurrentMap<Key, String> map, int before, int key) {
        for (int i = 0; i < before; i++) {
            map.put(new Key(2 * i), "before");
        }
        return row(name, carrier, of(() -> map.put(new Key(key), "a")), () -> map.get(new Key(key)));
    }

    static Stream<Arguments> publications() {
        ReentrantLock lock = new ReentrantLock();
        ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
        StampedLock stamped = new StampedLock();
        Semaphore semaphore = new Semaphore(0);
        CountDownLatch latch = new CountDownLatch(1);
        Phaser phaser = new Phaser(1);
        CompletableFuture<String> future = new CompletableFuture<>();
        FutureTask<String> task = new FutureTask<>(() -> "a");
        List<String> copied = new CopyOnWriteArrayList<>();
        AtomicReference<String> reference = new AtomicReference<>();
        AtomicReference<String> swapped = new AtomicReference<>("a");
        AtomicReference<String> lazy = new AtomicReference<>();
        AtomicReference<String> acquired = new AtomicReference<>();
        AtomicStampedReference<String> pair = new AtomicStampedReference<>("a", 1);
        AtomicIntegerArray array = new AtomicIntegerArray(3);
        OpenPool pool = new OpenPool();
        OpenPool full = new OpenPool();
        lock.lock();
        readWrite.writeLock().lock();
        stamped.writeLock();
        return Stream.of(
                map("ConcurrentSkipListMap", "ConcurrentSkipListMap.", new ConcurrentSkipListMap<>(), 0, 3),
                map("ConcurrentSkipListMap, longer", "ConcurrentSkipListMap.", new ConcurrentSkipListMap<>(), 100, 33),
                map(
                        "ConcurrentSkipListMap, replacing",
                        "ConcurrentSkipListMap.",
                        new ConcurrentSkipListMap<>(),
                        100,
                        40),
                map("ConcurrentHashMap", "Node[]", new ConcurrentHashMap<>(), 0, 3),
                map("ConcurrentHashMap, list", "Node", new ConcurrentHashMap<>(), 4, 3),
                map("ConcurrentHashMap, tree", "TreeBin", new ConcurrentHashMap<>(), 100, 33),
                map("ConcurrentHashMap, replacing", "Node", new ConcurrentHashMap<>(), 100, 40),
                queue(new ConcurrentLinkedQueue<>()),
                queue(new ConcurrentLinkedDeque<>()),
                queue(new LinkedTransferQueue<>()),
                queue(new LinkedBlockingQueue<>()),
                queue(new LinkedBlockingDeque<>()),
                queue(new ArrayBlockingQueue<>(1)),
                queue(new PriorityBlockingQueue<>()),
                blocking(new LinkedTransferQueue<>()),
                blocking(new LinkedBlockingQueue<>()),
                row("CopyOnWriteArrayList", () -> copied.add("a"), () -> copied.get(0)),
                row("ReentrantLock", of(lock::unlock), lock::tryLock),
                row("read lock", of(readWrite.writeLock()::unlock), readWrite.readLock()::tryLock),
                row("StampedLock", stamped::tryUnlockWrite, stamped::tryReadLock),
                row("Semaphore", of(semaphore::release), semaphore::tryAcquire),
                row("CountDownLatch", of(latch::countDown), () -> {
                    latch.await();
                    return true;
                }),
                row("Phaser", phaser::arrive, () -> phaser.awaitAdvance(0)),
                row("CompletableFuture", () -> future.complete("a"), future::get),
                row("FutureTask", of(task), task::get),
                row("AtomicReference", of(() -> reference.set("a")), reference::get),
                row("AtomicReference.compareAndSet", () -> swapped.compareAndSet("a", "b"), swapped::get),
                row("AtomicReference.lazySet", of(() -> lazy.lazySet("a")), lazy::get),
                row("AtomicReference.setRelease", of(() -> acquired.setRelease("a")), acquired::getAcquire),
                row("AtomicStampedReference", () -> pair.compareAndSet("a", "b", 1, 2), pair::getReference),
                row("AtomicIntegerArray", () -> array.incrementAndGet(1), () -> array.get(1)),
                row("ForkJoinPool", "ForkJoinTask[]", () -> pool.submit(() -> {}), pool::poll),
                row(
                        "ForkJoinPool, grown",
                        "ForkJoinTask[]",
                        of(() -> {
                            for (int i = 0; i < 2_000; i++) {
                                full.submit(() -> {});
                            }
                        }),
                        full::poll));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publications")
    void whatIsTakenCameWithAllThatHappenedBefore(String name, String carrier, Action give, Action take)
            throws Exception {
        assertThat(giveAndTake(give, take).ordered).anyMatch(each -> each.contains(carrier));
    }

    static Stream<Arguments> unordered() {
        List<Arguments> rows = new ArrayList<>();
        AtomicReference<String> one = new AtomicReference<>();
        rows.add(row("setPlain", of(() -> one.setPlain("a")), one::get));
        AtomicReference<String> two = new AtomicReference<>();
        rows.add(row("setOpaque", of(() -> two.setOpaque("a")), two::get));
        AtomicReference<String> three = new AtomicReference<>();
        rows.add(row("getPlain", of(() -> three.set("a")), three::getPlain));
        AtomicReference<String> four = new AtomicReference<>();
        rows.add(row("getOpaque", of(() -> four.set("a")), four::getOpaque));
        AtomicReference<String> five = new AtomicReference<>();
        rows.add(row(
                "set, then setPlain",
                of(() -> {
                    five.set("a");
                    five.setPlain("b");
                }),
                five::get));
        AtomicReference<String> six = new AtomicReference<>("a");
        rows.add(row("weakCompareAndSetPlain", () -> six.weakCompareAndSetPlain("a", "b"), six::get));
        AtomicReference<String> seven = new AtomicReference<>("a");
        rows.add(row("weakCompareAndSetAcquire", () -> seven.weakCompareAndSetAcquire("a", "b"), seven::get));
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unordered")
    void modesWithoutOrderGiveNone(String name, String carrier, Action give, Action take) throws Exception {
        assertThat(giveAndTake(give, take).ordered).isEmpty();
    }

    private static Recorder giveAndTake(Action give, Action take) throws Exception {
        Recorder recorder = new Recorder();
        managed(recorder, give);
        recorder.taking = true;
        managed(recorder, take);
        return recorder;
    }

    private static void managed(Recorder recorder, Action action) throws Exception {
        Probe.listener = recorder;
        Probe.current = Thread.currentThread();
        try {
            assertThat(action.run()).isNotNull().isNotEqualTo(false);
        } finally {
            Probe.current = null;
        }
    }
}
