package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Executors and their futures: submitting happens before running, and running before the result. */
class FutureRaceTests extends RaceTable {
    /** What is done with a pool. */
    private interface Use<P> {
        void of(P pool) throws Exception;
    }

    /** Shuts the pool down behind {@code use}. */
    private static <P extends ExecutorService> void with(P pool, Use<P> use) throws Exception {
        try {
            use.of(pool);
        } finally {
            pool.shutdown();
        }
    }

    private static Callable<Box> makesBox() {
        return () -> new Box(1);
    }

    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(executors());
        all.addAll(schedulers());
        return all;
    }

    private static List<RaceProgram> executors() {
        return List.of(
                clean("What was written before submit is there in the task", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(1), pool -> {
                        box.value = 1;
                        pool.submit(() -> use(box.value)).get();
                    });
                }),
                racy("What is written after submit need not be", "Box.value", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(1), pool -> {
                        Future<?> future = pool.submit(() -> use(box.value));
                        box.value = 1;
                        future.get();
                    });
                }),
                clean("What a task wrote is there after Future.get", () -> {
                    Box box = new Box();
                    with(Executors.newCachedThreadPool(), pool -> {
                        pool.submit(() -> box.value = 1).get();
                        use(box.value);
                    });
                }),
                racy("What a task wrote need not be there before Future.get", "Box.value", () -> {
                    Box box = new Box();
                    with(Executors.newCachedThreadPool(), pool -> {
                        Future<?> future = pool.submit(() -> box.value = 1);
                        use(box.value);
                        future.get();
                    });
                }),
                clean("A future that isDone", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(1), pool -> {
                        Future<?> future = pool.submit(() -> box.value = 1);
                        await(future::isDone);
                        use(box.value);
                    });
                }),
                clean("A future that has failed", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(1), pool -> {
                        Future<?> future = pool.submit(() -> {
                            box.value = 1;
                            throw new IllegalStateException("expected");
                        });
                        try {
                            future.get();
                        } catch (ExecutionException e) {
                            use(box.value);
                        }
                    });
                }),
                // cancelling does not wait for a task that has begun, and sees only that one has ended
                sometimesRacy("A future that is cancelled", "Box.value", () -> {
                            Box box = new Box();
                            CountDownLatch begun = new CountDownLatch(1);
                            with(Executors.newFixedThreadPool(1), pool -> {
                                Future<?> future = pool.submit(() -> {
                                    begun.countDown();
                                    box.value = 1;
                                });
                                begun.await();
                                future.cancel(false);
                                use(box.value);
                            });
                        })
                        .beyond("There is no point between the end of a task and what its executor does next"),
                clean("One thread runs one task after the other", () -> {
                    Box box = new Box();
                    with(Executors.newSingleThreadExecutor(), pool -> {
                        pool.execute(() -> box.value++);
                        pool.execute(() -> box.value++);
                    });
                }),
                // a worker that begins after another one has left the pool, which happens when it is shut down, is
                // ordered by that
                sometimesRacy("Two threads run two tasks", "Box.value", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(2), pool -> {
                        pool.execute(() -> box.value++);
                        pool.execute(() -> box.value++);
                    });
                }),
                clean("invokeAll waits for all", () -> {
                    int[] numbers = new int[2];
                    with(Executors.newFixedThreadPool(2), pool -> {
                        pool.invokeAll(List.of(() -> numbers[0] = 1, () -> numbers[1] = 1));
                        use(numbers[0] + numbers[1]);
                    });
                }),
                racy("The tasks of invokeAll do not wait for each other", "element 0 of int[]", () -> {
                    int[] numbers = new int[1];
                    with(
                            Executors.newFixedThreadPool(2),
                            pool -> pool.invokeAll(List.of(() -> numbers[0] = 1, () -> numbers[0] = 2)));
                }),
                clean(
                        "invokeAny returns what a task has made",
                        () -> with(
                                Executors.newFixedThreadPool(2),
                                pool -> use(pool.invokeAny(List.of(makesBox(), makesBox())).value))),
                // a pool terminates when its workers have gone through its lock
                clean("What tasks wrote is there after awaitTermination", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(2), pool -> {
                        pool.execute(() -> box.value = 1);
                        pool.shutdown();
                        if (pool.awaitTermination(1, TimeUnit.HOURS)) {
                            use(box.value);
                        }
                    });
                }),
                // shutdown asks which workers are idle, and learns what those did
                sometimesRacy("What tasks wrote need not be there after shutdown", "Box.value", () -> {
                    Box box = new Box();
                    with(Executors.newFixedThreadPool(2), pool -> {
                        pool.execute(() -> box.value = 1);
                        pool.shutdown();
                        use(box.value);
                    });
                }),
                clean(
                        "ExecutorCompletionService.take",
                        () -> with(Executors.newFixedThreadPool(2), pool -> {
                            ExecutorCompletionService<Box> service = new ExecutorCompletionService<>(pool);
                            service.submit(makesBox());
                            service.submit(makesBox());
                            use(service.take().get().value + service.take().get().value);
                        })),
                clean("FutureTask.get, and a thread that runs it", () -> {
                    FutureTask<Box> task = new FutureTask<>(makesBox());
                    together(task::run, () -> use(task.get().value));
                }),
                racy("A FutureTask whose result is changed", "Box.value", () -> {
                    Box box = new Box();
                    FutureTask<Box> task = new FutureTask<>(() -> {}, box);
                    together(
                            () -> {
                                task.run();
                                box.value = 1;
                            },
                            () -> use(task.get().value));
                }));
    }

    private static List<RaceProgram> schedulers() {
        return List.of(
                clean("A scheduled task sees what was written before", () -> {
                    Box box = new Box();
                    with(Executors.newScheduledThreadPool(1), pool -> {
                        box.value = 1;
                        pool.schedule(() -> box.value++, 10, TimeUnit.MILLISECONDS)
                                .get();
                        use(box.value);
                    });
                }),
                racy("A scheduled task does not see what is written later, however long it waits", "Box.value", () -> {
                    Box box = new Box();
                    with(Executors.newScheduledThreadPool(1), pool -> {
                        Future<?> future = pool.schedule(() -> use(box.value), 10, TimeUnit.MINUTES);
                        box.value = 1;
                        future.get();
                    });
                }),
                // "successive executions happen before subsequent ones", in whatever threads
                clean("The runs of a periodic task", () -> {
                    Box box = new Box();
                    CountDownLatch runs = new CountDownLatch(3);
                    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
                    Future<?> future = pool.scheduleAtFixedRate(
                            () -> {
                                box.value++;
                                runs.countDown();
                            },
                            10,
                            10,
                            TimeUnit.MILLISECONDS);
                    runs.await();
                    future.cancel(false);
                    pool.shutdown();
                }));
    }
}
