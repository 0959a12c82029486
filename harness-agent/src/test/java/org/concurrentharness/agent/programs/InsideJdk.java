package org.concurrentharness.agent.programs;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Programs whose interest lies in what the JDK does for them. */
public final class InsideJdk {
    private InsideJdk() {}

    public static class Parking {
        static void run() {
            LockSupport.park();
            LockSupport.park("blocker");
            LockSupport.parkNanos(5);
            LockSupport.parkNanos("blocker", 6);
            LockSupport.parkNanos("blocker", 0);
            LockSupport.parkUntil(4_207);
            LockSupport.parkUntil("blocker", 4_208);
            LockSupport.unpark(Thread.currentThread());
        }
    }

    public static class Waiting {
        static boolean run() throws InterruptedException {
            return new CountDownLatch(1).await(0, TimeUnit.SECONDS);
        }
    }

    public static class Maps {
        static int run() {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            map.put("a", 1);
            map.compute("a", (key, value) -> Objects.requireNonNull(value) + 1);
            return map.merge("a", 1, Integer::sum);
        }
    }

    public static class Wrappers {
        static int run() {
            List<String> list = Collections.synchronizedList(new ArrayList<>());
            list.add("a");
            try {
                list.get(7);
            } catch (IndexOutOfBoundsException e) {
                list.add("b");
            }
            int size = list.size();
            List<String> copied = new CopyOnWriteArrayList<>();
            copied.add("c");
            return size + copied.size();
        }
    }

    public static class Time {
        static String run() {
            return new Date().getTime() + " " + Instant.now().toEpochMilli() + " "
                    + Clock.systemUTC().millis();
        }
    }

    public static class Names {
        static String run() {
            return new Thread(() -> {}).getName();
        }
    }

    public static class Pools {
        static boolean run() {
            CompletableFuture<Void> future = CompletableFuture.runAsync(() -> {});
            ForkJoinPool.commonPool();
            return future == null;
        }
    }

    public static class Salted {
        static List<Integer> run() {
            return new ArrayList<>(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        }
    }

    public static class Joining {
        static void run(Thread thread) throws InterruptedException {
            // as shared code calls it: through a method that is not rewritten
            TimeUnit.MILLISECONDS.timedJoin(thread, 3);
        }
    }

    public static class PerTask {
        static void run() throws ReflectiveOperationException {
            ThreadFactory factory = task -> new Thread(task, "per task");
            ExecutorService executor = (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
            executor.execute(() -> {});
        }
    }
}
