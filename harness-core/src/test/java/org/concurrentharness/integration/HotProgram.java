package org.concurrentharness.integration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.ExplorationBody;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Search;
import org.concurrentharness.explore.Verdict;
import org.jspecify.annotations.Nullable;

/** Runs what there is to rewrite so often that both JIT compilers take it on. */
final class HotProgram {
    private HotProgram() {}

    private static void together(Runnable first, Runnable second) throws InterruptedException {
        Thread one = new Thread(first);
        Thread two = new Thread(second);
        one.start();
        two.start();
        one.join();
        two.join();
    }

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    static final class Stack {
        private record Node(int value, @Nullable Node next) {}

        private final AtomicReference<@Nullable Node> top = new AtomicReference<>();

        void push(int value) {
            Node first;
            do {
                first = top.get();
            } while (!top.compareAndSet(first, new Node(value, first)));
        }

        int pop() {
            Node first;
            do {
                first = top.get();
                if (first == null) {
                    return 0;
                }
            } while (!top.compareAndSet(first, first.next()));
            return first.value();
        }

        static void body() throws InterruptedException {
            Stack stack = new Stack();
            together(() -> stack.push(1), () -> stack.push(2));
            check(stack.pop() + stack.pop() == 3 && stack.pop() == 0);
        }
    }

    static final class Counter {
        private int count;

        synchronized void increment() {
            count++;
        }

        int count() {
            synchronized (this) {
                return count;
            }
        }

        private void often() {
            for (int i = 0; i < 20; i++) {
                increment();
            }
        }

        static void body() throws InterruptedException {
            Counter counter = new Counter();
            together(counter::often, counter::often);
            check(counter.count() == 40);
        }
    }

    static final class Buffer {
        private final Deque<Integer> items = new ArrayDeque<>();

        synchronized void put(int item) {
            while (items.size() == 1) {
                await();
            }
            items.add(item);
            notifyAll();
        }

        int take() {
            synchronized (this) {
                while (items.isEmpty()) {
                    await();
                }
                notifyAll();
                return items.remove();
            }
        }

        private void await() {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        static void body() throws InterruptedException {
            Buffer buffer = new Buffer();
            int[] sum = new int[1];
            together(
                    () -> {
                        for (int i = 1; i <= 3; i++) {
                            buffer.put(i);
                        }
                    },
                    () -> {
                        for (int i = 1; i <= 3; i++) {
                            sum[0] += buffer.take();
                        }
                    });
            check(sum[0] == 6);
        }
    }

    static final class Maps {
        private static void count(Map<String, Integer> map) {
            for (int i = 0; i < 3; i++) {
                map.merge("key", 1, Integer::sum);
                map.computeIfAbsent("other" + i, String::length);
            }
        }

        static void concurrent() throws InterruptedException {
            Map<String, Integer> map = new ConcurrentHashMap<>();
            together(() -> count(map), () -> count(map));
            check(map.get("key") == 6 && map.size() == 4);
        }

        static void synchronizedMap() throws InterruptedException {
            Map<String, Integer> map = Collections.synchronizedMap(new HashMap<>());
            together(() -> count(map), () -> count(map));
            check(map.get("key") == 6 && map.size() == 4);
        }
    }

    public static void main(String[] arguments) {
        Options options = Options.defaults()
                .strategy(Search.RANDOM) // small programs are proved, and not run again and again
                .executions(Integer.parseInt(arguments[0]))
                .budget(Duration.ofMinutes(1))
                .seed(1);
        List<ExplorationBody> bodies =
                List.of(Stack::body, Counter::body, Buffer::body, Maps::concurrent, Maps::synchronizedMap);
        for (ExplorationBody body : bodies) {
            Exploration result = Explorer.explore(options, body);
            if (result.verdict() == Verdict.FAILED) {
                throw new AssertionError(result.orThrow());
            }
        }
        System.out.println("done");
    }
}
