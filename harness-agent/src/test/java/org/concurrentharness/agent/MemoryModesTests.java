package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.agent.MemoryModes.ACQUIRES;
import static org.concurrentharness.agent.MemoryModes.PLAIN;
import static org.concurrentharness.agent.MemoryModes.READS;
import static org.concurrentharness.agent.MemoryModes.RELEASES;
import static org.concurrentharness.agent.MemoryModes.SWAPS;
import static org.concurrentharness.agent.MemoryModes.THREAD_STATE;
import static org.concurrentharness.agent.MemoryModes.VOLATILE;
import static org.concurrentharness.agent.MemoryModes.WRITES;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.concurrentharness.agent.programs.Handles;
import org.concurrentharness.agent.programs.Modes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryModesTests {
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final int FULL = READS | WRITES | ACQUIRES | RELEASES | VOLATILE;

    /** A mode as letters, to be read beside the method's name. */
    private static int modes(String letters) {
        int modes = 0;
        for (char letter : letters.toCharArray()) {
            modes |= switch (letter) {
                case 'r' -> READS;
                case 'w' -> WRITES;
                case 'A' -> ACQUIRES;
                case 'R' -> RELEASES;
                case 'V' -> VOLATILE;
                case 'P' -> PLAIN;
                case 'S' -> SWAPS;
                default -> throw new IllegalArgumentException(letters);
            };
        }
        return modes;
    }

    private static int of(String owner, String name) {
        String descriptor = owner.endsWith("Unsafe") ? "(Ljava/lang/Object;J)V" : "()V";
        Site.Kind kind = Objects.requireNonNull(Accesses.kind(owner, name, descriptor), name);
        return MemoryModes.ofAccess(kind, name);
    }

    @ParameterizedTest
    @CsvSource({
        "get, rP",
        "set, wP",
        "getOpaque, r",
        "setOpaque, w",
        "getAcquire, rA",
        "setRelease, wR",
        "getVolatile, rAV",
        "setVolatile, wRV",
        "compareAndSet, rwARVS",
        "compareAndExchange, rwARV",
        "compareAndExchangeAcquire, rwA",
        "compareAndExchangeRelease, rwR",
        "weakCompareAndSet, rwARVS",
        "weakCompareAndSetPlain, rwS",
        "weakCompareAndSetAcquire, rwAS",
        "weakCompareAndSetRelease, rwRS",
        "getAndSet, rwARV",
        "getAndSetAcquire, rwA",
        "getAndAddRelease, rwR",
        "getAndBitwiseOr, rwARV"
    })
    void varHandlesHaveTheModesOfTheirMethods(String name, String letters) {
        assertThat(of(VAR_HANDLE, name)).isEqualTo(modes(letters));
    }

    @ParameterizedTest
    @CsvSource({
        "get, rAV",
        "set, wRV",
        "lazySet, wR",
        "compareAndSet, rwARVS",
        "weakCompareAndSet, rwARVS",
        "incrementAndGet, rwARV",
        "getAndUpdate, rwARV"
    })
    void updatersReadAndWriteVolatileFields(String name, String letters) {
        assertThat(of("java/util/concurrent/atomic/AtomicLongFieldUpdater", name))
                .isEqualTo(modes(letters));
    }

    @ParameterizedTest
    @CsvSource({
        "getInt, rP",
        "putReference, wP",
        "putIntOpaque, w",
        "getReferenceAcquire, rA",
        "putReferenceRelease, wR",
        "putOrderedObject, wR",
        "getLongVolatile, rAV",
        "putLongVolatile, wRV",
        "compareAndSwapObject, rwARVS",
        "compareAndSetInt, rwARVS",
        "weakCompareAndSetIntPlain, rwS",
        "weakCompareAndSetReference, rwARVS",
        "compareAndExchangeLongAcquire, rwA",
        "getAndAddInt, rwARV",
        "getAndAddIntAcquire, rwA",
        "getAndSetReferenceRelease, rwR"
    })
    void unsafeHasTheModesOfItsNames(String name, String letters) {
        assertThat(of("jdk/internal/misc/Unsafe", name)).isEqualTo(modes(letters));
        assertThat(of("sun/misc/Unsafe", name)).isEqualTo(modes(letters));
    }

    @ParameterizedTest
    @CsvSource({
        "fullFence, AR",
        "acquireFence, A",
        "loadLoadFence, A",
        "loadFence, A",
        "releaseFence, R",
        "storeStoreFence, R",
        "storeFence, R"
    })
    void fencesOrderOnOneSideOrBoth(String name, String letters) {
        assertThat(MemoryModes.ofFence(VAR_HANDLE, name, "()V")).isEqualTo(modes(letters));
        assertThat(MemoryModes.ofFence("com/acme/Garden", name, "()V")).isNull();
    }

    @Test
    void theSitesOfRewrittenCodeKnowTheirModes() throws Throwable {
        Recorder.run(new TestLoader.Racing().loadClass(Modes.class.getName()), new Recorder());
        Map<String, Integer> found = new LinkedHashMap<>();
        for (int id = 1; id < Sites.count(); id++) {
            Site site = Sites.get(id);
            if (site.className().equals(Modes.class.getName()) && site.method().equals("run")) {
                found.put(site.kind() + " " + site.target(), (int) Sites.modes[id]);
            }
        }
        assertThat(found)
                .containsEntry("VOLATILE_WRITE Modes.ready", WRITES | RELEASES | VOLATILE)
                .containsEntry("VOLATILE_READ Modes.ready", READS | ACQUIRES | VOLATILE)
                .containsEntry("WRITE Modes.plain", WRITES | PLAIN)
                .containsEntry("READ Modes.plain", READS | PLAIN)
                .containsEntry("ARRAY_WRITE array.set", WRITES | PLAIN)
                .containsEntry("ARRAY_READ array.get", READS | PLAIN)
                .containsEntry("UPDATE AtomicIntegerFieldUpdater.incrementAndGet", FULL)
                .containsEntry("FENCE VarHandle.acquireFence", ACQUIRES)
                .containsEntry("FENCE VarHandle.fullFence", ACQUIRES | RELEASES)
                .containsEntry("CALL Thread.isInterrupted", THREAD_STATE)
                .containsEntry("CALL Thread.interrupt", 0)
                .hasSize(11);
    }

    @Test
    void sitesInOneLineShareTheirPlace() throws Throwable {
        new TestLoader.Racing().loadClass(Handles.Field.class.getName()).getDeclaredMethods();
        for (int one = 1; one < Sites.count(); one++) {
            Site a = Sites.get(one);
            for (int two = 1; two < one && a.className().startsWith(TestLoader.PROGRAMS); two++) {
                Site b = Sites.get(two);
                assertThat(Sites.place(one) == Sites.place(two))
                        .isEqualTo(a.className().equals(b.className()) && a.line() == b.line());
            }
        }
    }
}
