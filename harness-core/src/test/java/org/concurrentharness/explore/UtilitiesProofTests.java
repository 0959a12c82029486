package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A proof is wrong when a sample sees what the proof has not. What the utilities of {@code java.util.concurrent} touch inside is told by
 * rewritten classes; when some of it is not, the exhaustive search takes steps for independent that are not.
 */
class UtilitiesProofTests {
    private static final int SAMPLES = 250;

    /** A program whose outcome depends on the schedule. */
    record Program(String name, ExplorationCall<String> body) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Action {
        void run() throws Exception;
    }

    static List<Program> programs() {
        return List.of(
                new Program("two asynchronous tasks", () -> {
                    AtomicInteger x = new AtomicInteger();
                    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> x.set(1));
                    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> x.set(2));
                    one.join();
                    two.join();
                    return "" + x;
                }),
                new Program("a lost update by asynchronous tasks", () -> {
                    AtomicInteger x = new AtomicInteger();
                    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> x.set(x.get() + 1));
                    CompletableFuture<Void> two = CompletableFuture.runAsync(() -> x.set(x.get() + 1));
                    one.join();
                    two.join();
                    return "" + x;
                }),
                new Program("any of two", () -> (String) CompletableFuture.anyOf(
                                CompletableFuture.supplyAsync(() -> "a"), CompletableFuture.supplyAsync(() -> "b"))
                        .join()),
                new Program("a future completed twice", () -> {
                    CompletableFuture<String> future = new CompletableFuture<>();
                    List<String> order = new CopyOnWriteArrayList<>();
                    together(
                            () -> future.complete("a"),
                            () -> future.complete("b"),
                            () -> future.thenAccept(order::add));
                    return future.join() + order;
                }),
                new Program("two tasks of the common pool", () -> pooled(ForkJoinPool.commonPool())),
                new Program("two tasks of a fork-join pool", () -> {
                    ForkJoinPool pool = new ForkJoinPool(2);
                    String outcome = pooled(pool);
                    pool.shutdown();
                    return outcome;
                }),
                new Program("two tasks of a thread pool", () -> {
                    ExecutorService pool = Executors.newFixedThreadPool(2);
                    String outcome = pooled(pool);
                    pool.shutdown();
                    return outcome;
                }),
                new Program("a task forked and joined", () -> {
                    AtomicInteger x = new AtomicInteger();
                    ForkJoinPool pool = new ForkJoinPool(2);
                    int result = pool.invoke(new Doubling(x, 1));
                    pool.shutdown();
                    return result + " " + x;
                }),
                new Program("a cancelled task", () -> {
                    AtomicInteger x = new AtomicInteger();
                    FutureTask<Integer> task = new FutureTask<>(x::incrementAndGet);
                    boolean[] cancelled = new boolean[1];
                    together(task::run, () -> cancelled[0] = task.cancel(true));
                    return cancelled[0] + " " + x + " " + task.isCancelled();
                }),
                new Program("who completes first", () -> {
                    ExecutorService pool = Executors.newFixedThreadPool(2);
                    ExecutorCompletionService<String> completion = new ExecutorCompletionService<>(pool);
                    completion.submit(() -> "a");
                    completion.submit(() -> "b");
                    String order = completion.take().get() + completion.take().get();
                    pool.shutdown();
                    return order;
                }),
                new Program("a pool shut down while a task is submitted", () -> {
                    ExecutorService pool = Executors.newSingleThreadExecutor();
                    AtomicInteger ran = new AtomicInteger();
                    AtomicInteger refused = new AtomicInteger();
                    together(
                            () -> {
                                try {
                                    pool.execute(ran::incrementAndGet);
                                } catch (RuntimeException e) {
                                    refused.incrementAndGet();
                                }
                            },
                            () -> ran.addAndGet(10 * pool.shutdownNow().size()));
                    pool.awaitTermination(1, TimeUnit.DAYS);
                    return ran + " " + refused;
                }),
                new Program("a map merged and removed", () -> {
                    ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
                    together(
                            () -> map.merge("k", 1, Integer::sum),
                            () -> map.merge("k", 2, Integer::sum),
                            () -> map.remove("k"));
                    return "" + map;
                }),
                new Program("a map computed", () -> {
                    ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
                    String[] seen = new String[2];
                    together(
                            () -> seen[0] = map.computeIfAbsent("k", k -> "a"),
                            () -> seen[1] = map.computeIfAbsent("k", k -> "b"));
                    return String.join(",", seen);
                }),
                new Program("a skip list", () -> {
                    ConcurrentSkipListMap<Integer, Integer> map = new ConcurrentSkipListMap<>();
                    Object[] seen = new Object[2];
                    together(() -> map.put(1, 1), () -> map.put(2, 2), () -> seen[0] = map.firstEntry());
                    return seen[0] + " " + map.size();
                }),
                new Program("a deque from both ends", () -> {
                    ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>(List.of(1));
                    Object[] seen = new Object[2];
                    together(() -> seen[0] = deque.pollFirst(), () -> seen[1] = deque.pollLast());
                    return seen[0] + " " + seen[1];
                }),
                new Program("a transfer queue", () -> handedOver(new LinkedTransferQueue<>())),
                new Program("a bounded queue", () -> handedOver(new ArrayBlockingQueue<>(1))),
                new Program("a linked queue", () -> handedOver(new LinkedBlockingDeque<>())),
                new Program("a priority queue", () -> handedOver(new PriorityBlockingQueue<>())),
                new Program("a synchronous queue", () -> handedOver(new SynchronousQueue<>())),
                new Program("an exchanger", () -> {
                    Exchanger<String> exchanger = new Exchanger<>();
                    AtomicInteger x = new AtomicInteger();
                    String[] seen = new String[2];
                    together(
                            () -> seen[0] = exchanger.exchange("a") + x.getAndIncrement(),
                            () -> seen[1] = exchanger.exchange("b") + x.getAndIncrement());
                    return String.join(",", seen);
                }),
                new Program("a phaser", () -> {
                    Phaser phaser = new Phaser(2);
                    AtomicInteger x = new AtomicInteger();
                    int[] seen = new int[2];
                    together(
                            () -> {
                                phaser.arriveAndAwaitAdvance();
                                seen[0] = x.incrementAndGet();
                            },
                            () -> {
                                phaser.arriveAndDeregister();
                                seen[1] = x.incrementAndGet();
                            });
                    return seen[0] + " " + seen[1];
                }),
                new Program("a barrier", () -> {
                    CyclicBarrier barrier = new CyclicBarrier(2);
                    int[] seen = new int[2];
                    together(() -> seen[0] = barrier.await(), () -> seen[1] = barrier.await());
                    return seen[0] + " " + seen[1];
                }),
                new Program("a latch and a reader", () -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    boolean[] seen = new boolean[1];
                    together(latch::countDown, () -> seen[0] = latch.await(0, TimeUnit.SECONDS));
                    return "" + seen[0];
                }),
                new Program("a semaphore that is tried", () -> {
                    Semaphore semaphore = new Semaphore(1);
                    boolean[] seen = new boolean[2];
                    together(() -> seen[0] = semaphore.tryAcquire(), () -> {
                        seen[1] = semaphore.tryAcquire();
                        semaphore.release();
                    });
                    return seen[0] + " " + seen[1] + " " + semaphore.availablePermits();
                }),
                new Program("a read-write lock", () -> {
                    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
                    int[] value = new int[2];
                    together(
                            () -> {
                                lock.writeLock().lock();
                                value[0]++;
                                lock.writeLock().unlock();
                            },
                            () -> {
                                lock.readLock().lock();
                                value[1] = value[0];
                                lock.readLock().unlock();
                            });
                    return "" + value[1];
                }),
                new Program("a stamped lock that is converted", () -> {
                    StampedLock lock = new StampedLock();
                    boolean[] seen = new boolean[2];
                    together(
                            () -> {
                                long stamp = lock.readLock();
                                long written = lock.tryConvertToWriteLock(stamp);
                                seen[0] = written != 0;
                                lock.unlock(written == 0 ? stamp : written);
                            },
                            () -> {
                                long stamp = lock.tryReadLock();
                                seen[1] = stamp != 0;
                                if (stamp != 0) {
                                    lock.unlockRead(stamp);
                                }
                            });
                    return seen[0] + " " + seen[1];
                }),
                new Program("a list copied on write", () -> {
                    CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>();
                    int[] seen = new int[1];
                    together(() -> list.add(1), () -> list.addIfAbsent(1), () -> seen[0] = list.size());
                    return list + " " + seen[0];
                }),
                new Program("an adder", () -> {
                    LongAdder adder = new LongAdder();
                    long[] seen = new long[1];
                    together(adder::increment, () -> adder.add(2), () -> seen[0] = adder.sum());
                    return adder + " " + seen[0];
                }),
                new Program("a stamped reference", () -> {
                    AtomicStampedReference<String> reference = new AtomicStampedReference<>("x", 0);
                    boolean[] seen = new boolean[2];
                    together(
                            () -> seen[0] = reference.compareAndSet("x", "a", 0, 1),
                            () -> seen[1] = reference.compareAndSet("x", "b", 0, 1));
                    return seen[0] + " " + seen[1] + " " + reference.getReference();
                }));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noSampleSeesWhatTheProofHasNot(Program program) {
        for (CarrierKind carrier : Explorations.carriers()) {
            Options options = Options.defaults()
                    .carrier(carrier)
                    .dataRaces(DataRaces.IGNORE)
                    .budget(Duration.ofMinutes(2));
            for (long seed = 1; seed <= 3; seed++) {
                Exploration proof = Explorer.explore(
                        options.strategy(Search.EXHAUSTIVE).executions(50_000).seed(seed), program.body());
                assertThat(proof.verdict()).as("%s: %s", carrier, proof).isEqualTo(Verdict.PROVED);
                Set<String> sampled = new TreeSet<>();
                for (Search search : List.of(Search.RANDOM, Search.POS, Search.SURW)) {
                    sampled.addAll(Explorer.explore(
                                    options.strategy(search).executions(SAMPLES).seed(seed), program.body())
                            .outcomes()
                            .keySet());
                }
                assertThat(new TreeMap<>(proof.outcomes()).keySet())
                        .as("%s, seed %d: %s", carrier, seed, proof)
                        .containsAll(sampled);
            }
        }
    }

    private static String pooled(Executor pool) throws InterruptedException {
        AtomicInteger x = new AtomicInteger();
        CountDownLatch latch = new CountDownLatch(2);
        pool.execute(() -> {
            x.set(2 * x.get() + 1);
            latch.countDown();
        });
        pool.execute(() -> {
            x.set(3 * x.get() + 2);
            latch.countDown();
        });
        latch.await();
        return "" + x;
    }

    private static String handedOver(BlockingQueue<Integer> queue) throws Exception {
        Object[] seen = new Object[2];
        together(() -> queue.offer(1), () -> seen[0] = queue.poll(), () -> seen[1] = queue.poll(1, TimeUnit.SECONDS));
        return seen[0] + " " + seen[1] + " " + queue.size();
    }

    private static void together(Action... actions) throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Action action : actions) {
            FutureTask<Void> task = new FutureTask<>(() -> {
                action.run();
                return null;
            });
            tasks.add(task);
            threads.add(new Thread(task));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Future<Void> task : tasks) {
            task.get();
        }
    }

    /** Doubles a number by a task of its own, and counts. */
    private static final class Doubling extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;

        private final transient AtomicInteger counter;
        private final int value;

        Doubling(AtomicInteger counter, int value) {
            this.counter = counter;
            this.value = value;
        }

        @Override
        protected Integer compute() {
            if (value > 1) {
                counter.set(counter.get() + 1);
                return 1;
            }
            Doubling other = new Doubling(counter, 2);
            other.fork();
            counter.set(counter.get() + 1);
            return other.join() + 1;
        }
    }
}
