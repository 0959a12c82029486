package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.checkEquals;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.FiberSwitch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** What a fiber may not take over from the one before it: the JVM's cache of scoped values belongs to the carrier thread. */
class ScopedValueTests {
    private static final int ROUNDS = 4;

    @Test
    @EnabledForJreRange(minVersion = 25, disabledReason = "scoped values")
    void eachThreadSeesItsOwnBinding() {
        survives(() -> {
            Scoped value = new Scoped();
            AtomicInteger turns = new AtomicInteger();
            Thread[] threads = new Thread[2];
            for (int i = 0; i < threads.length; i++) {
                String bound = "thread " + i;
                threads[i] = new Thread(() -> value.bind(bound, () -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        checkEquals(value.get(), bound);
                        turns.incrementAndGet();
                    }
                    checkEquals(value.get(), bound);
                }));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        });
    }

    @Test
    @EnabledForJreRange(minVersion = 24, maxVersion = 25, disabledReason = "JDKs whose continuations are known")
    void continuationsAreRunTheFastWay() {
        Agent.install();
        assertThatCode(FiberSwitch::define).doesNotThrowAnyException();
    }

    /** {@code ScopedValue} as code that is compiled for JDK 17 reaches it. Runs inside campaigns. */
    static final class Scoped {
        private static final Method WHERE;
        private static final Method RUN;
        private static final Method GET;
        private static final Method CREATE;

        static {
            try {
                Class<?> type = Class.forName("java.lang.ScopedValue");
                CREATE = type.getMethod("newInstance");
                GET = type.getMethod("get");
                WHERE = type.getMethod("where", type, Object.class);
                RUN = WHERE.getReturnType().getMethod("run", Runnable.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final Object value;

        Scoped() throws ReflectiveOperationException {
            this.value = CREATE.invoke(null);
        }

        Object get() {
            try {
                return GET.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        void bind(Object bound, Runnable code) {
            try {
                RUN.invoke(WHERE.invoke(null, value, bound), code);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }
}
