package org.concurrentharness.benchmarks;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.concurrent.TimeUnit;
import org.concurrentharness.fixture.Once;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a value that was initialised long ago, beside a volatile read, double-checked locking by hand, Guava's memoizing supplier and a
 * holder class.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OnceReads {
    private final Once<Object> once = Once.of(Object::new);
    private final Supplier<Object> memoized = Suppliers.memoize(Object::new);
    private final Cell cell = new Cell();
    private final ByHand byHand = new ByHand();
    private volatile Object value = new Object();

    /** An object with a volatile field, as the others are. */
    private static final class Cell {
        volatile Object value = new Object();
    }

    /** Double-checked locking as everybody writes it. */
    private static final class ByHand {
        private volatile @Nullable Object value;

        Object get() {
            Object ready = value;
            return ready != null ? ready : initialize();
        }

        private synchronized Object initialize() {
            Object made = value;
            if (made == null) {
                made = new Object();
                value = made;
            }
            return made;
        }
    }

    private static final class Holder {
        static final Object VALUE = new Object();
    }

    /** Initialises them. */
    @Setup
    public void initialize() {
        if (once.get() == memoized.get() || once.get() == byHand.get()) {
            throw new IllegalStateException("two suppliers of one value");
        }
    }

    /** Returns what a volatile field of another object holds: the others are other objects too, to be read first. */
    @Benchmark
    public Object volatileRead() {
        return cell.value;
    }

    /** Returns what a volatile field of this object holds. */
    @Benchmark
    public Object ownVolatileRead() {
        return value;
    }

    /** Returns what our own holds. */
    @Benchmark
    public Object once() {
        return once.get();
    }

    /** Returns what is initialised by hand: the same volatile read, and the same look whether there is something. */
    @Benchmark
    public Object byHand() {
        return byHand.get();
    }

    /** Returns what Guava's holds. */
    @Benchmark
    public Object guava() {
        return memoized.get();
    }

    /** Returns what a class holds that is initialised when it is first used: a constant for the compiler. */
    @Benchmark
    public Object holder() {
        return Holder.VALUE;
    }
}
