package org.concurrentharness.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrentharness.agent.Agent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What {@code java.util.concurrent} costs threads that are not managed, as the JDK has it and rewritten. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class UnmanagedJdk {
    /** Whether the JDK's classes are rewritten. */
    @Param({"false", "true"})
    public boolean rewritten;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    private int count;

    /** Rewrites the JDK as the first campaign does. */
    @Setup(Level.Trial)
    public void rewriteJdk() {
        if (rewritten) {
            Agent agent = Agent.install();
            agent.rewriteJdk();
            if (!agent.notRewritten().isEmpty()) {
                throw new IllegalStateException(agent.notRewritten().toString());
            }
        }
    }

    /** Takes and frees a lock that nobody else wants. */
    @Benchmark
    public int reentrantLock() {
        lock.lock();
        try {
            return ++count;
        } finally {
            lock.unlock();
        }
    }

    /** Puts into a map and reads from it. */
    @Benchmark
    public Integer concurrentHashMap() {
        int key = ++count & 1023;
        map.put(key, key);
        return map.getOrDefault(key ^ 1, 0);
    }

    /** Adds to a queue and takes from it. */
    @Benchmark
    public Integer linkedBlockingQueue() {
        queue.offer(7);
        Integer first = queue.poll();
        return first == null ? 0 : first;
    }

    /** Completes a chain of stages. */
    @Benchmark
    public Integer completableFuture() {
        CompletableFuture<Integer> start = new CompletableFuture<>();
        CompletableFuture<Integer> end = start.thenApply(i -> i + 1).thenCombine(start, Integer::sum);
        start.complete(count);
        return end.join();
    }

    /** Starts a thread and waits for its end. */
    @Benchmark
    public int threadStartJoin() throws InterruptedException {
        Thread thread = new Thread(() -> count++);
        thread.start();
        thread.join();
        return count;
    }
}
