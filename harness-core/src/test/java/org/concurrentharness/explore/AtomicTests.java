package org.concurrentharness.explore;

import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.together;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Volatile fields, atomics, field updaters, variable handles: an update in one step is right, one in two steps is not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AtomicTests {
    private static void twice(Tasks.Task task) throws InterruptedException {
        together(task, task);
    }

    @Test
    void numbers() {
        survives(() -> {
            AtomicInteger number = new AtomicInteger();
            AtomicLong big = new AtomicLong();
            AtomicBoolean first = new AtomicBoolean();
            AtomicInteger firsts = new AtomicInteger();
            twice(() -> {
                number.incrementAndGet();
                number.updateAndGet(x -> x + 1);
                big.getAndAdd(3);
                if (first.compareAndSet(false, true)) {
                    firsts.getAndIncrement();
                }
            });
            checkEquals(number.get(), 4);
            checkEquals(big.get(), 6L);
            checkEquals(firsts.get(), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicLong big = new AtomicLong();
            twice(() -> big.set(big.get() + 1));
            checkEquals(big.get(), 2L);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger number = new AtomicInteger();
            twice(() -> number.setRelease(number.getAcquire() + 1));
            checkEquals(number.get(), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicBoolean first = new AtomicBoolean();
            AtomicInteger firsts = new AtomicInteger();
            twice(() -> {
                if (!first.get()) {
                    first.lazySet(true);
                    firsts.incrementAndGet();
                }
            });
            checkEquals(firsts.get(), 1);
        });
    }

    @Test
    void references() {
        survives(() -> {
            AtomicReference<String> text = new AtomicReference<>("");
            AtomicStampedReference<String> stamped = new AtomicStampedReference<>("", 0);
            AtomicMarkableReference<String> marked = new AtomicMarkableReference<>("", false);
            twice(() -> {
                text.accumulateAndGet("a", String::concat);
                int[] stamp = new int[1];
                String seen;
                do {
                    seen = stamped.get(stamp);
                } while (!stamped.compareAndSet(seen, seen + "a", stamp[0], stamp[0] + 1));
                marked.attemptMark("", true);
            });
            checkEquals(text.get(), "aa");
            checkEquals(stamped.getReference(), "aa");
            checkEquals(stamped.getStamp(), 2);
            check(marked.isMarked(), "not marked");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicReference<String> text = new AtomicReference<>("");
            twice(() -> text.set(text.get() + "a"));
            checkEquals(text.get(), "aa");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicStampedReference<String> stamped = new AtomicStampedReference<>("", 0);
            twice(() -> stamped.set("a", stamped.getStamp() + 1));
            checkEquals(stamped.getStamp(), 2);
        });
    }

    @Test
    void arrays() {
        survives(() -> {
            AtomicIntegerArray ints = new AtomicIntegerArray(2);
            AtomicLongArray longs = new AtomicLongArray(2);
            AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(new String[] {""});
            twice(() -> {
                ints.incrementAndGet(1);
                longs.addAndGet(0, 2);
                texts.updateAndGet(0, text -> text + "a");
            });
            checkEquals(ints.get(1), 2);
            checkEquals(longs.get(0), 4L);
            checkEquals(texts.get(0), "aa");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicIntegerArray ints = new AtomicIntegerArray(2);
            twice(() -> ints.set(1, ints.get(1) + 1));
            checkEquals(ints.get(1), 2);
        });
    }

    /** Fields that are updated in place. */
    static final class Fields {
        static final AtomicIntegerFieldUpdater<Fields> NUMBER =
                AtomicIntegerFieldUpdater.newUpdater(Fields.class, "number");
        static final AtomicLongFieldUpdater<Fields> BIG = AtomicLongFieldUpdater.newUpdater(Fields.class, "big");
        static final AtomicReferenceFieldUpdater<Fields, String> TEXT =
                AtomicReferenceFieldUpdater.newUpdater(Fields.class, String.class, "text");
        static final VarHandle HANDLE;
        static final VarHandle PLAIN;
        static final VarHandle STATIC;
        static final VarHandle ARRAY = MethodHandles.arrayElementVarHandle(int[].class);

        static {
            try {
                HANDLE = MethodHandles.lookup().findVarHandle(Fields.class, "handled", int.class);
                PLAIN = MethodHandles.lookup().findVarHandle(Fields.class, "plain", int.class);
                STATIC = MethodHandles.lookup().findStaticVarHandle(Fields.class, "common", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private volatile int number;
        private volatile long big;
        private volatile String text = "";
        private volatile int handled;
        private int plain;
        private static int common;
        private final int[] array = new int[1];

        int number() {
            return number;
        }
    }

    @Test
    void volatileFields() {
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> fields.number++);
            checkEquals(fields.number, 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> fields.big += 2L);
            checkEquals(fields.big, 4L);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            together(() -> fields.number = 1, () -> {
                if (fields.number == 0) {
                    fields.text = "late";
                }
            });
            checkEquals(fields.text, "");
        });
    }

    @Test
    void fieldUpdaters() {
        survives(() -> {
            Fields fields = new Fields();
            twice(() -> {
                Fields.NUMBER.incrementAndGet(fields);
                Fields.BIG.getAndAdd(fields, 2);
                Fields.TEXT.updateAndGet(fields, text -> text + "a");
            });
            checkEquals(fields.number(), 2);
            checkEquals(fields.big, 4L);
            checkEquals(fields.text, "aa");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> Fields.NUMBER.set(fields, Fields.NUMBER.get(fields) + 1));
            checkEquals(fields.number(), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> Fields.TEXT.lazySet(fields, Fields.TEXT.get(fields) + "a"));
            checkEquals(fields.text, "aa");
        });
    }

    @Test
    void variableHandlesInAllTheirModes() {
        survives(() -> {
            Fields fields = new Fields();
            Fields.common = 0;
            twice(() -> {
                int before = (int) Fields.HANDLE.getAndAdd(fields, 1);
                check(before < 4, "too many");
                int seen;
                do {
                    seen = (int) Fields.HANDLE.getVolatile(fields);
                } while (!Fields.HANDLE.compareAndSet(fields, seen, seen + 1));
                do {
                    seen = (int) Fields.PLAIN.getAcquire(fields);
                } while (!Fields.PLAIN.weakCompareAndSetRelease(fields, seen, seen + 1));
                int old = (int) Fields.STATIC.getAndAdd(1);
                check(old < 2, "too many");
                int element = (int) Fields.ARRAY.getAndBitwiseOr(fields.array, 0, 1);
                check(element < 2, "too many");
            });
            checkEquals(fields.handled, 4);
            checkEquals((int) Fields.PLAIN.getVolatile(fields), 2);
            checkEquals((int) Fields.STATIC.getVolatile(), 2);
            checkEquals((int) Fields.ARRAY.getVolatile(fields.array, 0), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> Fields.PLAIN.setVolatile(fields, (int) Fields.PLAIN.getVolatile(fields) + 1));
            checkEquals((int) Fields.PLAIN.getVolatile(fields), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> Fields.PLAIN.setOpaque(fields, (int) Fields.PLAIN.getOpaque(fields) + 1));
            checkEquals((int) Fields.PLAIN.getVolatile(fields), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Fields fields = new Fields();
            twice(() -> Fields.ARRAY.setRelease(fields.array, 0, (int) Fields.ARRAY.getAcquire(fields.array, 0) + 1));
            checkEquals((int) Fields.ARRAY.getVolatile(fields.array, 0), 2);
        });
    }

    @Test
    void adders() {
        survives(() -> {
            LongAdder adder = new LongAdder();
            LongAccumulator largest = new LongAccumulator(Math::max, 0);
            DoubleAccumulator sum = new DoubleAccumulator(Double::sum, 0);
            together(
                    () -> {
                        adder.add(2);
                        largest.accumulate(5);
                        sum.accumulate(0.5);
                    },
                    () -> {
                        adder.increment();
                        largest.accumulate(7);
                        sum.accumulate(0.5);
                    });
            checkEquals(adder.sum(), 3L);
            checkEquals(largest.get(), 7L);
            checkEquals(sum.get(), 1.0);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            LongAdder adder = new LongAdder();
            AtomicInteger last = new AtomicInteger();
            twice(() -> {
                adder.increment();
                if (adder.sum() == 2) { // both may see it
                    last.incrementAndGet();
                }
            });
            checkEquals(last.get(), 1);
        });
    }

    @Test
    void methodReferencesAreSchedulingPointsToo() {
        fails(Failure.Kind.EXCEPTION, () -> {
            AtomicInteger number = new AtomicInteger();
            IntSupplier get = number::get;
            java.util.function.IntConsumer set = number::set;
            twice(() -> set.accept(get.getAsInt() + 1));
            checkEquals(number.get(), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Function<AtomicInteger, Integer> get = AtomicInteger::get;
            AtomicInteger number = new AtomicInteger();
            twice(() -> number.set(get.apply(number) + 1));
            checkEquals(number.get(), 2);
        });
        survives(() -> {
            AtomicInteger number = new AtomicInteger();
            IntUnaryOperator add = number::addAndGet;
            IntBinaryOperator sum = Integer::sum;
            twice(() -> add.applyAsInt(sum.applyAsInt(1, 1)));
            checkEquals(number.get(), 4);
        });
    }
}
