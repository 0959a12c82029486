package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrentharness.agent.programs.InsideJdk;
import org.concurrentharness.agent.programs.Replaced;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class JdkRewriterTests {
    private final TestLoader loader = TestLoader.campaign();
    private final Recorder recorder = new Recorder();

    @BeforeAll
    static void rewriteJdk() {
        Agent.install().rewriteJdk();
        Agent.install().rewriteJdk();
        assertThat(Agent.install().notRewritten()).isEmpty();
    }

    private @Nullable Object run(Class<?> program, Object... arguments) throws Throwable {
        return Recorder.run(loader.loadClass(program.getName()), recorder, arguments);
    }

    /** Class loading and linking use maps too, the first time. */
    private void warmUp(Class<?> program) throws Throwable {
        run(program);
        recorder.events.clear();
        recorder.jdk = true;
    }

    private List<String> without(String prefix) {
        return recorder.events.stream()
                .filter(event -> !event.startsWith(prefix))
                .toList();
    }

    @Test
    void parkingGoesToTheListener() throws Throwable {
        run(InsideJdk.Parking.class);
        assertThat(without("call"))
                .containsExactly(
                        "park null 0",
                        "park String 0",
                        "park null 5",
                        "park String 6",
                        "park null 7000000",
                        "park String 8000000",
                        "unpark");
    }

    @Test
    void aTimedWaitOfNoTimeReadsVirtualTime() throws Throwable {
        assertThat(run(InsideJdk.Waiting.class)).isEqualTo(false);
        assertThat(recorder.events).containsExactly("call CountDownLatch CountDownLatch.await", "-> false");
    }

    @Test
    void theMonitorsOfConcurrentHashMapHaveShadows() throws Throwable {
        warmUp(InsideJdk.Maps.class);
        assertThat(run(InsideJdk.Maps.class)).isEqualTo(3);
        assertThat(recorder.events)
                .containsExactly(
                        "call ConcurrentHashMap ConcurrentHashMap.put",
                        "-> null",
                        "call ConcurrentHashMap ConcurrentHashMap.compute",
                        "jdkEnter Node",
                        "jdkExit Node",
                        "-> 2",
                        "call ConcurrentHashMap ConcurrentHashMap.merge",
                        "jdkEnter Node",
                        "jdkExit Node",
                        "-> 3");
    }

    @Test
    void theMonitorsOfWrappersHaveShadowsHoweverTheyAreLeft() throws Throwable {
        warmUp(InsideJdk.Wrappers.class);
        assertThat(run(InsideJdk.Wrappers.class)).isEqualTo(3);
        assertThat(recorder.events.stream().filter(event -> event.startsWith("jdk")))
                .containsExactly(
                        "jdkEnter SynchronizedRandomAccessList",
                        "jdkExit SynchronizedRandomAccessList",
                        "jdkEnter SynchronizedRandomAccessList",
                        "jdkExit SynchronizedRandomAccessList",
                        "jdkEnter SynchronizedRandomAccessList",
                        "jdkExit SynchronizedRandomAccessList",
                        "jdkEnter SynchronizedRandomAccessList",
                        "jdkExit SynchronizedRandomAccessList",
                        "jdkEnter Object",
                        "jdkExit Object");
    }

    @Test
    void timeIsVirtual() throws Throwable {
        assertThat(run(InsideJdk.Time.class)).isEqualTo("4200 4200 4200");
    }

    @Test
    void unnamedThreadsAreNumberedByTheListener() throws Throwable {
        assertThat(run(InsideJdk.Names.class)).isEqualTo("Thread-7");
        assertThat(new Thread(() -> {}).getName()).isNotEqualTo("Thread-7");
    }

    @Test
    void commonPoolsAreReplaced() throws Throwable {
        run(InsideJdk.Pools.class);
        assertThat(recorder.events).containsAnyOf("commonPool", "asyncPool");
        assertThat(recorder.events.stream().filter(event -> event.endsWith("Pool") && !event.startsWith("call")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @SuppressWarnings("unchecked")
    void theOrderOfImmutableSetsIsFixed() throws Throwable {
        // as the JVM's salt would give it once in a million
        assertThat((List<Integer>) run(InsideJdk.Salted.class))
                .isEqualTo(run(InsideJdk.Salted.class))
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void threadsAreStartedJoinedAndAskedThroughTheListener() throws Throwable {
        assertThat(run(Replaced.OfThread.class)).isEqualTo(true);
        assertThat(recorder.events)
                .containsExactly(
                        "start worker",
                        "join 0 Thread.join",
                        "sleep 1000000 Thread.sleep",
                        "isAlive Thread.isAlive",
                        "join 2000000 Thread.join",
                        "join 2000003 Thread.join",
                        "join 4000000 TimeUnit.timedJoin",
                        "sleep 1000002 Thread.sleep",
                        "sleep 1000000000 TimeUnit.sleep",
                        "yield Thread.yield",
                        "yield Thread.onSpinWait",
                        "call Worker Thread.interrupt",
                        "holdsLock Worker",
                        "call Thread Thread.isInterrupted",
                        "-> false");
    }

    /** They are started in a container, which counts them. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void threadsOfExecutorsPerTaskAreStartedThroughTheListener() throws Throwable {
        run(InsideJdk.PerTask.class);
        assertThat(without("call")).contains("start per task");
    }

    @Test
    void joinAndSleepInsideTheJdkReachTheListener() throws Throwable {
        Thread thread = new Thread(() -> {});
        Probe.listener = recorder;
        Probe.current = Thread.currentThread();
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, 3);
            TimeUnit.MILLISECONDS.sleep(3);
        } finally {
            Probe.current = null;
        }
        assertThat(recorder.events).containsExactly("join 3000000 JDK", "sleep 3000000 JDK");
    }

    @Test
    void threadsOfSubclassesBeginWithTheListener() throws Throwable {
        Thread thread = (Thread) loader.loadClass(Replaced.Worker.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        Thread plain = new Thread(() -> {}, "plain");
        Probe.listener = recorder;
        Probe.campaign = true;
        try {
            thread.start();
            thread.join();
            plain.start();
            plain.join();
        } finally {
            Probe.campaign = false;
        }
        assertThat(recorder.events).containsExactly("begin worker", "begin plain");
    }

    @Test
    void unmanagedThreadsWorkAsBefore() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            ReentrantLock lock = new ReentrantLock();
            Condition turned = lock.newCondition();
            ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
            CyclicBarrier barrier = new CyclicBarrier(4);
            int[] turn = new int[1];
            List<Future<?>> futures = new ArrayList<>();
            for (int id = 0; id < 4; id++) {
                int me = id;
                futures.add(pool.submit(() -> {
                    for (int round = 0; round < 100; round++) {
                        lock.lock();
                        try {
                            while (turn[0] % 4 != me) {
                                turned.await();
                            }
                            turn[0]++;
                            turned.signalAll();
                        } finally {
                            lock.unlock();
                        }
                        map.merge(round, 1, Integer::sum);
                    }
                    barrier.await();
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(30, TimeUnit.SECONDS);
            }
            assertThat(turn[0]).isEqualTo(400);
            assertThat(map.values()).hasSize(100).containsOnly(4);
            assertThat(CompletableFuture.supplyAsync(() -> 1)
                            .thenApplyAsync(i -> i + 1)
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(2);
            LockSupport.parkNanos(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void brokenThingsStillBreak() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        assertThatThrownBy(() -> {
                    Thread.currentThread().interrupt();
                    barrier.await();
                })
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(barrier::await).isInstanceOf(BrokenBarrierException.class);
        assertThatThrownBy(() -> CompletableFuture.failedFuture(new IllegalStateException())
                        .get())
                .isInstanceOf(ExecutionException.class);
    }
}
