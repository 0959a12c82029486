package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.runnable;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.thrownBy;
import static org.concurrentharness.explore.Tasks.together;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors of every kind, futures, the common pool, parallel streams, timers and publishers. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorTests {
    private static void end(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        check(pool.awaitTermination(1, TimeUnit.MINUTES), "did not terminate");
        check(pool.isTerminated(), "did not terminate");
    }

    @Test
    void threadPools() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            AtomicInteger sum = new AtomicInteger();
            Future<Integer> one = pool.submit(() -> 1);
            Future<?> two = pool.submit(() -> sum.addAndGet(2));
            pool.execute(() -> sum.addAndGet(4));
            checkEquals(one.get(), 1);
            two.get();
            end(pool);
            checkEquals(sum.get(), 6);
            thrownBy(RejectedExecutionException.class, () -> pool.submit(() -> 1));
        });
        survives(() -> {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                pool.execute(() -> order.add(number));
            }
            end(pool);
            checkEquals(order, List.of(0, 1, 2));
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            AtomicInteger count = new AtomicInteger();
            Runnable increment = () -> count.set(count.get() + 1);
            pool.execute(increment);
            pool.execute(increment);
            end(pool);
            checkEquals(count.get(), 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            // the task waits for one that needs its thread
            pool.submit(() -> pool.submit(() -> 1).get()).get();
        });
    }

    @Test
    void cachedPoolsWhoseThreadsEndWhenIdle() {
        survives(() -> {
            ExecutorService pool = Executors.newCachedThreadPool();
            CountDownLatch both = new CountDownLatch(2);
            Callable<Integer> task = () -> {
                both.countDown();
                both.await();
                return 1;
            };
            Future<Integer> one = pool.submit(task);
            Future<Integer> other = pool.submit(task);
            checkEquals(one.get() + other.get(), 2);
            Thread.sleep(61_000);
            checkEquals(((ThreadPoolExecutor) pool).getPoolSize(), 0);
            end(pool);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ExecutorService pool = Executors.newCachedThreadPool();
            CountDownLatch three = new CountDownLatch(3);
            Callable<Integer> task = () -> {
                three.countDown();
                three.await();
                return 1;
            };
            pool.submit(task);
            pool.submit(task).get();
        });
    }

    @Test
    void invokeAllAndInvokeAny() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            int sum = 0;
            for (Future<Integer> future : pool.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2, () -> 3))) {
                sum += future.get();
            }
            checkEquals(sum, 6);
            int any = pool.invokeAny(List.<Callable<Integer>>of(() -> 1, () -> 2));
            check(any == 1 || any == 2, "neither");
            List<Future<Integer>> late = pool.invokeAll(
                    List.<Callable<Integer>>of(() -> 1, () -> {
                        Thread.sleep(10_000);
                        return 2;
                    }),
                    1,
                    TimeUnit.SECONDS);
            checkEquals(late.get(0).get(), 1);
            check(late.get(1).isCancelled(), "not cancelled");
            end(pool);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            int any = pool.invokeAny(List.<Callable<Integer>>of(() -> 1, () -> 2));
            end(pool);
            checkEquals(any, 1);
        });
    }

    @Test
    void completionService() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
            service.submit(() -> 1);
            service.submit(() -> 2);
            checkEquals(service.take().get() + service.take().get(), 3);
            end(pool);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            CompletionService<Integer> service = new ExecutorCompletionService<>(pool);
            service.submit(() -> 1);
            service.submit(() -> 2);
            int first = service.take().get();
            end(pool);
            checkEquals(first, 1);
        });
    }

    @Test
    void aPoolThatIsFullRejects() {
        survives(() -> {
            ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
            CountDownLatch open = new CountDownLatch(1);
            pool.execute(runnable(open::await));
            pool.execute(() -> {});
            thrownBy(RejectedExecutionException.class, () -> {
                pool.execute(() -> {});
                return null;
            });
            open.countDown();
            end(pool);
        });
    }

    @Test
    void shutdownNowInterrupts() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            AtomicInteger interrupted = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(1);
            pool.execute(() -> {
                begun.countDown();
                try {
                    Thread.sleep(Long.MAX_VALUE);
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            });
            pool.execute(() -> {});
            begun.await();
            checkEquals(pool.shutdownNow().size(), 1);
            end(pool);
            checkEquals(interrupted.get(), 1);
        });
    }

    @Test
    void exceptionsOfTasksStayInTheirFutures() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            Future<?> future = pool.submit(() -> {
                throw new IllegalStateException("in the future");
            });
            checkEquals(
                    thrownBy(ExecutionException.class, future::get).getCause().getMessage(), "in the future");
            end(pool);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(1);
            pool.execute(() -> {
                throw new IllegalStateException("nobody looks");
            });
            end(pool);
        });
    }

    @Test
    void futureTaskCancelInterruptsItsThread() {
        survives(() -> {
            AtomicInteger interrupted = new AtomicInteger();
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Integer> task = new FutureTask<>(() -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
                return 1;
            });
            Thread thread = new Thread(task);
            thread.start();
            begun.await();
            check(task.cancel(true), "could not be cancelled");
            thrownBy(CancellationException.class, task::get);
            thread.join();
            checkEquals(interrupted.get(), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            FutureTask<Integer> task = new FutureTask<>(() -> 1);
            start(task::run);
            check(task.cancel(true), "ran already");
        });
    }

    @Test
    void timedGet() {
        survives(() -> {
            FutureTask<Integer> task = new FutureTask<>(() -> 1);
            long start = System.nanoTime();
            thrownBy(TimeoutException.class, () -> task.get(1, TimeUnit.SECONDS));
            check(System.nanoTime() - start >= 1_000_000_000, "too early");
        });
    }

    @Test
    void scheduledExecutors() {
        survives(() -> {
            ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
            long start = System.nanoTime();
            AtomicInteger ticks = new AtomicInteger();
            ScheduledFuture<?> periodic = pool.scheduleAtFixedRate(ticks::incrementAndGet, 1, 1, TimeUnit.MINUTES);
            ScheduledFuture<Integer> later = pool.schedule(() -> 1, 1, TimeUnit.HOURS);
            checkEquals(later.get(), 1);
            check(System.nanoTime() - start >= 3_600_000_000_000L, "too early");
            periodic.cancel(false);
            check(ticks.get() >= 59 && ticks.get() <= 61, "ticked " + ticks.get() + " times");
            AtomicInteger rounds = new AtomicInteger();
            CountDownLatch three = new CountDownLatch(3);
            pool.scheduleWithFixedDelay(
                    () -> {
                        rounds.incrementAndGet();
                        three.countDown();
                    },
                    0,
                    1,
                    TimeUnit.SECONDS);
            three.await();
            pool.shutdownNow();
            end(pool);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
            AtomicInteger count = new AtomicInteger();
            Runnable increment = () -> count.set(count.get() + 1);
            pool.schedule(increment, 1, TimeUnit.SECONDS);
            pool.schedule(increment, 1, TimeUnit.SECONDS);
            end(pool);
            checkEquals(count.get(), 2);
        });
    }

    /** Adds up numbers by halves. */
    static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;
        private final int from;
        private final int to;

        Sum(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from == 1) {
                return from;
            }
            int middle = (from + to) / 2;
            Sum left = new Sum(from, middle);
            left.fork();
            return new Sum(middle, to).compute() + left.join();
        }
    }

    @Test
    void forkJoin() {
        survives(() -> {
            ForkJoinPool pool = new ForkJoinPool(2);
            checkEquals(pool.invoke(new Sum(0, 6)), 15);
            checkEquals(pool.submit(() -> 1).get(), 1);
            end(pool);
        });
        survives(() -> checkEquals(new Sum(0, 6).invoke(), 15)); // in the common pool
        fails(Failure.Kind.EXCEPTION, () -> {
            ForkJoinPool pool = new ForkJoinPool(2);
            AtomicInteger count = new AtomicInteger();
            Runnable increment = () -> count.set(count.get() + 1);
            Future<?> one = pool.submit(increment);
            Future<?> other = pool.submit(increment);
            one.get();
            other.get();
            pool.shutdown();
            checkEquals(count.get(), 2);
        });
    }

    @Test
    void workStealingPoolsAndActions() {
        survives(() -> {
            ExecutorService pool = Executors.newWorkStealingPool(2);
            checkEquals(pool.submit(() -> 1).get(), 1);
            end(pool);
            AtomicInteger sum = new AtomicInteger();
            ForkJoinPool.commonPool().invoke(new RecursiveAction() {
                private static final long serialVersionUID = 1;

                @Override
                protected void compute() {
                    invokeAll(ForkJoinTaskOf.of(sum::incrementAndGet), ForkJoinTaskOf.of(sum::incrementAndGet));
                }
            });
            checkEquals(sum.get(), 2);
            check(ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.MINUTES), "not quiet");
        });
    }

    /** Makes tasks of lambdas. */
    private static final class ForkJoinTaskOf {
        static java.util.concurrent.ForkJoinTask<?> of(Runnable runnable) {
            return java.util.concurrent.ForkJoinTask.adapt(runnable);
        }
    }

    @Test
    void theCommonPoolIsLikeTheRealOne() {
        survives(() -> {
            ForkJoinPool common = ForkJoinPool.commonPool();
            common.shutdown();
            check(common.shutdownNow().isEmpty(), "not empty");
            check(!common.isShutdown(), "shut down");
            String name = CompletableFuture.supplyAsync(
                            () -> Thread.currentThread().getName())
                    .get();
            check(name.startsWith("ForkJoinPool.commonPool-worker-"), name);
            checkEquals(
                    new ForkJoinPool(1)
                            .submit(() -> Thread.currentThread().getName())
                            .get(),
                    "ForkJoinPool-1-worker-1");
        });
    }

    @Test
    void whatATaskOfAForkJoinPoolThrowsToNobodyFails() {
        Failure failure = fails(Failure.Kind.EXCEPTION, () -> {
            CountDownLatch latch = new CountDownLatch(1);
            ForkJoinPool.commonPool().execute(() -> {
                latch.countDown();
                throw new IllegalStateException("nobody asks");
            });
            latch.await();
        });
        assertThat(failure.report()).contains("nobody asks", "ForkJoinPool.commonPool-worker-1");
    }

    @Test
    void workersThatAreLeftWhenAnExecutionEndsPrintNothing() {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (CarrierKind carrier : Explorations.carriers()) {
                // a search that, on JDK 25, leaves executions in their midst
                Options options = Options.defaults()
                        .strategy(Search.EXHAUSTIVE)
                        .carrier(carrier)
                        .seed(1);
                Exploration result = Explorer.explore(options, () -> {
                    CountDownLatch latch = new CountDownLatch(2);
                    AtomicInteger x = new AtomicInteger();
                    for (int i = 0; i < 2; i++) {
                        ForkJoinPool.commonPool().execute(() -> {
                            x.set(x.get() + 1);
                            latch.countDown();
                        });
                    }
                    latch.await();
                });
                assertThat(result.failure()).isEmpty();
            }
        } finally {
            System.setErr(before);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }

    @Test
    void workersFindTheClassesOfTheCampaign() {
        survives(() -> {
            ClassLoader loader = Tasks.class.getClassLoader();
            Callable<ClassLoader> context = () -> Thread.currentThread().getContextClassLoader();
            checkEquals(ForkJoinPool.commonPool().submit(context).get(), loader);
            ForkJoinPool pool = new ForkJoinPool(1);
            checkEquals(pool.submit(context).get(), loader);
            end(pool);
            ExecutorService threads = Executors.newFixedThreadPool(1);
            checkEquals(threads.submit(context).get(), loader);
            end(threads);
        });
    }

    @Test
    void aTaskThatWasTakenFirstMayRunLast() {
        fails(Failure.Kind.EXCEPTION, () -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            StringBuffer order = new StringBuffer();
            pool.execute(Thread::yield);
            pool.execute(Thread::yield);
            pool.execute(() -> order.append("a"));
            pool.execute(() -> order.append("b"));
            end(pool);
            checkEquals(order.toString(), "ab");
        });
    }

    @Test
    void managedBlocking() {
        survives(() -> {
            ForkJoinPool pool = new ForkJoinPool(1);
            CountDownLatch open = new CountDownLatch(1);
            Future<Integer> waits = pool.submit(() -> {
                ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
                    @Override
                    public boolean block() throws InterruptedException {
                        open.await();
                        return true;
                    }

                    @Override
                    public boolean isReleasable() {
                        return open.getCount() == 0;
                    }
                });
                return 1;
            });
            pool.submit(open::countDown);
            checkEquals(waits.get(), 1);
            end(pool);
        });
    }

    @Test
    void parallelStreams() {
        survives(() -> {
            checkEquals(IntStream.range(0, 20).parallel().map(i -> i * i).sum(), 2470);
            AtomicInteger sum = new AtomicInteger();
            List.of(1, 2, 3, 4).parallelStream().forEach(sum::addAndGet);
            checkEquals(sum.get(), 10);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger sum = new AtomicInteger();
            IntStream.range(0, 4).parallel().forEach(i -> sum.set(sum.get() + 1));
            checkEquals(sum.get(), 4);
        });
    }

    @Test
    void completableFutures() {
        survives(() -> {
            CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> 1);
            CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> 2);
            checkEquals(one.thenCombine(two, Integer::sum).join(), 3);
            checkEquals(
                    CompletableFuture.runAsync(() -> {})
                            .thenApplyAsync(nothing -> 4)
                            .thenCompose(x -> CompletableFuture.supplyAsync(() -> x + 1))
                            .get(),
                    5);
            CompletableFuture.allOf(one, two).join();
            int any = (Integer) CompletableFuture.anyOf(one, two).join();
            check(any == 1 || any == 2, "neither");
            CompletionException thrown = thrownBy(
                    CompletionException.class,
                    () -> CompletableFuture.supplyAsync(() -> {
                                throw new IllegalStateException("in the future");
                            })
                            .join());
            checkEquals(thrown.getCause().getMessage(), "in the future");
            checkEquals(
                    CompletableFuture.<Integer>failedFuture(new IllegalStateException())
                            .exceptionally(e -> 7)
                            .join(),
                    7);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger count = new AtomicInteger();
            Runnable increment = () -> count.set(count.get() + 1);
            CompletableFuture.allOf(CompletableFuture.runAsync(increment), CompletableFuture.runAsync(increment))
                    .join();
            checkEquals(count.get(), 2);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            CompletableFuture<Integer> never = new CompletableFuture<>();
            CompletableFuture.runAsync(() -> {});
            never.join();
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            int any = (Integer) CompletableFuture.anyOf(
                            CompletableFuture.supplyAsync(() -> 1), CompletableFuture.supplyAsync(() -> 2))
                    .join();
            checkEquals(any, 1);
        });
    }

    @Test
    void completableFuturesWithTimeouts() {
        survives(() -> {
            CompletableFuture<Integer> never = new CompletableFuture<Integer>().orTimeout(1, TimeUnit.HOURS);
            CompletionException thrown = thrownBy(CompletionException.class, never::join);
            check(thrown.getCause() instanceof TimeoutException, "not a timeout");
            checkEquals(
                    new CompletableFuture<Integer>()
                            .completeOnTimeout(8, 1, TimeUnit.HOURS)
                            .join(),
                    8);
            checkEquals(
                    CompletableFuture.supplyAsync(() -> 9, CompletableFuture.delayedExecutor(1, TimeUnit.HOURS))
                            .join(),
                    9);
            checkEquals(
                    CompletableFuture.supplyAsync(() -> 1)
                            .orTimeout(1, TimeUnit.HOURS)
                            .get(),
                    1);
            thrownBy(TimeoutException.class, () -> new CompletableFuture<Integer>().get(1, TimeUnit.SECONDS));
        });
    }

    @Test
    void completableFuturesOnAnExecutor() {
        survives(() -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            checkEquals(
                    CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), pool)
                            .thenApplyAsync(name -> name.startsWith("pool-1-thread-"), pool)
                            .get(),
                    true);
            end(pool);
        });
    }

    @Test
    void poolNamesAreTheSameInEachExecution() {
        survives(() -> {
            ExecutorService one = Executors.newFixedThreadPool(1);
            ExecutorService other = Executors.newFixedThreadPool(1);
            checkEquals(one.submit(() -> Thread.currentThread().getName()).get(), "pool-1-thread-1");
            checkEquals(other.submit(() -> Thread.currentThread().getName()).get(), "pool-2-thread-1");
            end(one);
            end(other);
        });
    }

    @Test
    void timers() {
        survives(
                () -> {
                    Timer timer = new Timer();
                    long start = System.currentTimeMillis();
                    AtomicInteger ticks = new AtomicInteger();
                    CountDownLatch three = new CountDownLatch(3);
                    CountDownLatch late = new CountDownLatch(1);
                    timer.schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    ticks.incrementAndGet();
                                    three.countDown();
                                }
                            },
                            1_000,
                            1_000);
                    timer.schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    timer.cancel();
                                    late.countDown();
                                }
                            },
                            3_600_000);
                    three.await();
                    late.await();
                    check(System.currentTimeMillis() - start >= 3_600_000, "too early");
                    check(ticks.get() >= 3_599, "ticked " + ticks.get() + " times");
                    thrownBy(IllegalStateException.class, () -> {
                        timer.schedule(
                                new TimerTask() {
                                    @Override
                                    public void run() {}
                                },
                                1);
                        return null;
                    });
                },
                options -> options.executions(5).maxSteps(200_000));
        fails(Failure.Kind.EXCEPTION, () -> {
            Timer timer = new Timer();
            AtomicInteger count = new AtomicInteger();
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            count.set(count.get() + 1);
                            timer.cancel();
                        }
                    },
                    0);
            count.set(count.get() + 1);
            Thread.sleep(1_000);
            checkEquals(count.get(), 2);
        });
        fails(
                Failure.Kind.LEAKED_THREAD,
                () -> new Timer("forgotten")
                        .schedule(
                                new TimerTask() {
                                    @Override
                                    public void run() {}
                                },
                                1));
    }

    /** Asks for one item at a time. */
    static final class Subscriber implements Flow.Subscriber<Integer> {
        private final AtomicInteger sum = new AtomicInteger();
        private final CountDownLatch complete = new CountDownLatch(1);
        private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription.set(newSubscription);
            newSubscription.request(1);
        }

        @Override
        public void onNext(Integer item) {
            sum.addAndGet(item);
            subscription.get().request(1);
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {
            complete.countDown();
        }
    }

    @Test
    void publishers() {
        survives(() -> {
            Subscriber subscriber = new Subscriber();
            try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
                publisher.subscribe(subscriber);
                publisher.submit(1);
                publisher.submit(2);
            }
            subscriber.complete.await();
            checkEquals(subscriber.sum.get(), 3);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Subscriber subscriber = new Subscriber();
            SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
            publisher.subscribe(subscriber);
            publisher.submit(1);
            publisher.close();
            checkEquals(subscriber.sum.get(), 1); // without waiting for it
        });
    }

    @Test
    void theBodyRunsInSeveralThreads() {
        fails(
                Failure.Kind.DEADLOCK,
                () -> {
                    CountDownLatch latch = new CountDownLatch(3);
                    latch.countDown();
                    latch.await();
                },
                options -> options.threads(2));
        survives(() -> together(Thread::yield), options -> options.threads(3));
    }
}
