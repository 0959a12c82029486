package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** Stages and publishers: completing happens before what depends on it, whoever runs that. */
class CompletableFutureRaceTests extends RaceTable {
    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(completableFutures());
        all.addAll(publishers());
        return all;
    }

    private static List<RaceProgram> completableFutures() {
        return List.of(
                clean(
                        "supplyAsync and join",
                        () -> use(
                                CompletableFuture.supplyAsync(() -> new Box(1)).join().value)),
                racy("What is written after supplyAsync", "Box.value", () -> {
                    Box box = new Box();
                    CompletableFuture<Box> future = CompletableFuture.supplyAsync(() -> {
                        use(box.value);
                        return box;
                    });
                    box.value = 1;
                    future.join();
                }),
                clean("complete and get", () -> {
                    CompletableFuture<Box> future = new CompletableFuture<>();
                    together(() -> future.complete(new Box(1)), () -> use(future.get().value));
                }),
                racy("complete, and then a write", "Box.value", () -> {
                    CompletableFuture<Box> future = new CompletableFuture<>();
                    together(
                            () -> {
                                Box box = new Box();
                                future.complete(box);
                                box.value = 1;
                            },
                            () -> use(future.get().value));
                }),
                clean("getNow of a future that isDone", () -> {
                    CompletableFuture<Box> future = new CompletableFuture<>();
                    together(() -> future.complete(new Box(1)), () -> {
                        if (future.isDone()) {
                            use(future.getNow(new Box()).value);
                        }
                    });
                }),
                // the one whose complete comes too late has published nothing by it
                racy("complete of a future that is complete", "Box.value", () -> {
                    CompletableFuture<String> future = CompletableFuture.completedFuture("first");
                    Box box = new Box();
                    together(
                            () -> {
                                box.value = 1;
                                future.complete("second");
                            },
                            () -> {
                                future.join();
                                use(box.value);
                            });
                }),
                clean("completeExceptionally and handle", () -> {
                    CompletableFuture<String> future = new CompletableFuture<>();
                    Box box = new Box();
                    Thread thread = start(() -> {
                        box.value = 1;
                        future.completeExceptionally(new IllegalStateException("expected"));
                    });
                    future.handle((value, thrown) -> {
                                use(box.value);
                                return "handled";
                            })
                            .join();
                    thread.join();
                }),
                // whichever thread runs the function: the one that completes, or the one that adds it to a complete
                // future
                clean("thenApply, whoever runs it", () -> {
                    CompletableFuture<Box> future = new CompletableFuture<>();
                    together(
                            () -> future.complete(new Box(1)),
                            () -> use(future.thenApply(box -> box.value + 1).join()));
                }),
                clean(
                        "A chain of stages in other threads",
                        () -> use(CompletableFuture.supplyAsync(() -> new Box(1))
                                .thenApplyAsync(box -> {
                                    box.value++;
                                    return box;
                                })
                                .thenComposeAsync(box -> CompletableFuture.supplyAsync(() -> new Box(box.value)))
                                .join()
                                .value)),
                clean(
                        "thenCombine has both",
                        () -> use(CompletableFuture.supplyAsync(() -> new Box(1))
                                .thenCombine(
                                        CompletableFuture.supplyAsync(() -> new Box(2)),
                                        (one, two) -> one.value + two.value)
                                .join())),
                racy("Two stages that nothing combines", "Box.value", () -> {
                    Box box = new Box();
                    CompletableFuture<Void> one = CompletableFuture.runAsync(() -> box.value++);
                    CompletableFuture<Void> two = new CompletableFuture<>();
                    start(() -> {
                        box.value++;
                        two.complete(null);
                    });
                    CompletableFuture.allOf(one, two).join();
                }),
                clean("allOf has all", () -> {
                    int[] numbers = new int[2];
                    CompletableFuture.allOf(
                                    CompletableFuture.runAsync(() -> numbers[0] = 1),
                                    CompletableFuture.runAsync(() -> numbers[1] = 1))
                            .join();
                    use(numbers[0] + numbers[1]);
                }),
                racy("anyOf has only one", "Box.value", () -> {
                    Box box = new Box();
                    CompletableFuture<Void> never = new CompletableFuture<>();
                    Thread thread = start(() -> box.value = 1);
                    CompletableFuture.anyOf(never, CompletableFuture.completedFuture("first"))
                            .join();
                    use(box.value);
                    thread.join();
                }));
    }

    /** Takes items as they come. */
    private static final class Counting implements Flow.Subscriber<Box> {
        private final CountDownLatch complete = new CountDownLatch(1);
        private int sum;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Box item) {
            sum += item.value;
        }

        @Override
        public void onError(Throwable throwable) {
            throw new AssertionError(throwable);
        }

        @Override
        public void onComplete() {
            complete.countDown();
        }
    }

    private static List<RaceProgram> publishers() {
        return List.of(
                // submit happens before onNext, the calls of one subscriber one before the other
                clean("SubmissionPublisher", () -> {
                    Counting subscriber = new Counting();
                    try (SubmissionPublisher<Box> publisher = new SubmissionPublisher<>()) {
                        publisher.subscribe(subscriber);
                        publisher.submit(new Box(1));
                        publisher.submit(new Box(2));
                    }
                    subscriber.complete.await();
                    use(subscriber.sum);
                }),
                // a subscriber that begins late learns that the publisher was closed, and so all that came before
                sometimesRacy("An item of a SubmissionPublisher is changed", "Box.value", () -> {
                    Counting subscriber = new Counting();
                    try (SubmissionPublisher<Box> publisher = new SubmissionPublisher<>()) {
                        publisher.subscribe(subscriber);
                        Box box = new Box();
                        publisher.submit(box);
                        box.value = 1;
                    }
                    subscriber.complete.await();
                }));
    }
}
