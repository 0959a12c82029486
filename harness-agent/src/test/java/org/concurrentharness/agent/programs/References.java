package org.concurrentharness.agent.programs;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Method references. */
public final class References {
    private References() {}

    public static class Bound {
        static long run() throws Exception {
            AtomicInteger number = new AtomicInteger(3);
            IntSupplier increment = number::incrementAndGet;
            Callable<Number> get = number::get;
            ToLongFunction<AtomicLong> unbound = AtomicLong::incrementAndGet;
            Consumer<Lock> lock = Lock::lock;
            lock.accept(new ReentrantLock());
            BiConsumer<ConcurrentLinkedQueue<String>, String> add = ConcurrentLinkedQueue::add;
            add.accept(new ConcurrentLinkedQueue<>(), "x");
            LongSupplier time = System::nanoTime;
            return increment.getAsInt()
                    + get.call().longValue()
                    + unbound.applyAsLong(new AtomicLong())
                    + time.getAsLong();
        }
    }

    public static class Unrelated {
        static int run() {
            Supplier<Object> make = AtomicInteger::new;
            List<String> list = List.of("a", "bb");
            return list.stream().mapToInt(String::length).sum() + ((AtomicInteger) make.get()).get();
        }
    }

    /** An interface as host. */
    public interface Host {
        static int run() {
            AtomicInteger number = new AtomicInteger(3);
            IntSupplier increment = number::incrementAndGet;
            return increment.getAsInt();
        }
    }

    /** A supplier that can be written. */
    public interface SerializableSupplier<T> extends Supplier<T>, Serializable {}

    public static class Serialized {
        static SerializableSupplier<Integer> run() {
            AtomicInteger number = new AtomicInteger(3);
            return number::incrementAndGet;
        }
    }

    public static class Notifying {
        static void run() {
            Object lock = "lock";
            Runnable notify = lock::notifyAll;
            notify.run();
        }
    }
}
