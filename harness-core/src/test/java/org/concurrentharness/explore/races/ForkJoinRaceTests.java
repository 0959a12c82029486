package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.sometimesRacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Fork and join, and the streams that are built on it. A program races only when two workers take its tasks, so that none here
 * does in each execution.
 */
class ForkJoinRaceTests extends RaceTable {
    /** Adds up a part of an array. */
    private static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;
        private final int[] numbers;
        private final int from;
        private final int to;

        Sum(int[] numbers, int from, int to) {
            this.numbers = numbers;
            this.from = from;
            this.to = to;
        }

        @Override
        protected Integer compute() {
            if (to - from == 1) {
                return numbers[from];
            }
            int middle = (from + to) / 2;
            Sum left = new Sum(numbers, from, middle);
            left.fork();
            return new Sum(numbers, middle, to).compute() + left.join();
        }
    }

    /** Runs a task as a part of another. */
    private static RecursiveAction action(Runnable task) {
        return new Action(task);
    }

    private static final class Action extends RecursiveAction {
        private static final long serialVersionUID = 1;
        private final transient Runnable task;

        Action(Runnable task) {
            this.task = task;
        }

        @Override
        protected void compute() {
            task.run();
        }
    }

    /** Counts in its children, which it does not wait for. */
    private static final class Completer extends CountedCompleter<Void> {
        private static final long serialVersionUID = 1;
        private final transient Box[] boxes;
        private final int index;

        Completer(Completer parent, Box[] boxes, int index) {
            super(parent);
            this.boxes = boxes;
            this.index = index;
        }

        @Override
        public void compute() {
            if (index < 0) {
                setPendingCount(boxes.length);
                for (int i = 0; i < boxes.length; i++) {
                    new Completer(this, boxes, i).fork();
                }
            } else {
                boxes[index].value = 1;
            }
            tryComplete();
        }

        @Override
        public void onCompletion(CountedCompleter<?> caller) {
            if (index < 0) {
                for (Box box : boxes) {
                    use(box.value);
                }
            }
        }
    }

    @Override
    List<RaceProgram> programs() {
        return List.of(
                clean("What was written before a task was forked, and its result after join", () -> {
                    int[] numbers = new int[4];
                    Arrays.setAll(numbers, i -> i);
                    use(new ForkJoinPool(2).invoke(new Sum(numbers, 0, 4)));
                }),
                clean("What a forked task wrote is there after join", () -> {
                    Box box = new Box();
                    ForkJoinPool.commonPool().invoke(action(() -> {
                        ForkJoinTask<Void> forked = action(() -> box.value++).fork();
                        forked.join();
                        box.value++;
                    }));
                    use(box.value);
                }),
                sometimesRacy("What a forked task wrote need not be there before join", "Box.value", () -> {
                    Box box = new Box();
                    ForkJoinPool.commonPool().invoke(action(() -> {
                        ForkJoinTask<Void> forked = action(() -> box.value++).fork();
                        Thread.yield();
                        box.value++;
                        forked.join();
                    }));
                }),
                clean("invokeAll waits for both", () -> {
                    Box[] boxes = {new Box(), new Box()};
                    ForkJoinPool.commonPool().invoke(action(() -> {
                        ForkJoinTask.invokeAll(action(() -> boxes[0].value = 1), action(() -> boxes[1].value = 1));
                        use(boxes[0].value + boxes[1].value);
                    }));
                }),
                sometimesRacy("The tasks of invokeAll do not wait for each other", "Box.value", () -> {
                    Box box = new Box();
                    Runnable task = () -> {
                        Thread.yield();
                        box.value++;
                    };
                    ForkJoinPool.commonPool()
                            .invoke(action(() -> ForkJoinTask.invokeAll(action(task), action(task), action(task))));
                }),
                clean("What a submitted task wrote is there after get", () -> {
                    Box box = new Box();
                    box.value = 1;
                    ForkJoinPool.commonPool().submit(() -> box.value++).get();
                    use(box.value);
                }),
                sometimesRacy("What a submitted task wrote need not be there before get", "Box.value", () -> {
                    Box box = new Box();
                    ForkJoinTask<?> task = ForkJoinPool.commonPool().submit(() -> box.value++);
                    use(box.value);
                    task.get();
                }),
                // the last child to complete runs its parent's onCompletion, with all that the others did before it
                clean("CountedCompleter.onCompletion sees what all children wrote", () -> {
                    Box[] boxes = {new Box(), new Box(), new Box()};
                    ForkJoinPool.commonPool().invoke(new Completer(null, boxes, -1));
                }),
                clean("A parallel stream that writes different elements", () -> {
                    int[] numbers = new int[8];
                    IntStream.range(0, 8).parallel().forEach(i -> numbers[i] = i);
                    use(numbers[0] + numbers[7]);
                }),
                sometimesRacy("A parallel stream that writes one element", "element 0 of int[]", () -> {
                    int[] numbers = new int[1];
                    IntStream.range(0, 8).parallel().forEach(i -> {
                        Thread.yield();
                        numbers[0] += i;
                    });
                }),
                clean(
                        "A parallel stream that collects",
                        () -> use(IntStream.range(0, 8)
                                .parallel()
                                .boxed()
                                .collect(ArrayList::new, List::add, List::addAll)
                                .size())),
                sometimesRacy("A parallel stream that adds to a list", "ArrayList", () -> {
                    List<Integer> list = new ArrayList<>();
                    IntStream.range(0, 8).parallel().forEach(i -> {
                        Thread.yield();
                        list.add(i);
                    });
                }),
                clean("A parallel stream that counts atomically", () -> {
                    AtomicInteger sum = new AtomicInteger();
                    IntStream.range(0, 8).parallel().forEach(sum::addAndGet);
                    use(sum.get());
                }),
                clean("Sorting an array in parallel", () -> {
                    int[] numbers = IntStream.range(0, 10_000).map(i -> -i).toArray();
                    Arrays.parallelSort(numbers);
                    use(numbers[0]);
                }));
    }
}
