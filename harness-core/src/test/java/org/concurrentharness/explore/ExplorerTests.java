package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ExplorerTests {
    private final AtomicInteger field = new AtomicInteger();

    private static Options few() {
        return Options.defaults().strategy(Search.RANDOM).executions(20).seed(1);
    }

    @AfterEach
    void clear() {
        System.clearProperty("harness.executions");
        System.clearProperty("harness.shared");
    }

    @Test
    void takesBlocksAndExpressionsWithAndWithoutOutcome() {
        assertThat(Explorer.explore(few(), () -> {}).outcomes()).isEmpty();
        assertThat(Explorer.explore(few(), () -> new AtomicInteger().set(1)).outcomes())
                .isEmpty();
        assertThat(Explorer.explore(few(), () -> {
                            AtomicInteger number = new AtomicInteger();
                            return number.incrementAndGet();
                        })
                        .outcomes())
                .containsExactly(java.util.Map.entry("1", 20L));
        assertThat(Explorer.explore(few(), () -> new AtomicInteger().incrementAndGet())
                        .outcomes())
                .containsOnlyKeys("1");
        assertThat(Explorer.explore(few(), ExplorerTests::nothing).outcomes()).isEmpty();
        assertThat(Explorer.explore(few(), ExplorerTests::something).outcomes()).containsOnlyKeys("something");
    }

    static void nothing() {}

    static String something() {
        return "something";
    }

    @Test
    void runsTheBodyInSeveralThreadsOnOneSetOfValues() {
        AtomicInteger counter = new AtomicInteger();

        assertThat(Explorer.explore(few().executions(300).threads(2), () -> {
                            int seen = counter.get();
                            counter.set(seen + 1);
                            return Thread.currentThread().getName() + " saw " + seen;
                        })
                        .outcomes())
                .containsOnlyKeys(
                        "[actor-0 saw 0, actor-1 saw 1]",
                        "[actor-0 saw 1, actor-1 saw 0]",
                        "[actor-0 saw 0, actor-1 saw 0]");
        assertThat(counter).hasValue(0);
    }

    @Test
    void makesTheEnclosingInstanceAnewForEachExecution() {
        assertThat(Explorer.explore(few(), () -> field.incrementAndGet()).outcomes())
                .containsOnlyKeys("1");
        assertThat(field).hasValue(0);
    }

    @Test
    void checks() {
        Explorer.check(few(), () -> {});
        assertThatExceptionOfType(ConcurrencyFailure.class)
                .isThrownBy(() -> Explorer.check(few().threads(2), ExplorerTests::lostUpdate))
                .withMessageContaining("lost")
                .satisfies(
                        failure -> assertThat(failure.exploration().verdict()).isEqualTo(Verdict.FAILED));
    }

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** Two threads: the second to come must see the first's increment. */
    static void lostUpdate() {
        int seen = COUNTER.get();
        COUNTER.set(seen + 1);
        if (COUNTER.get() != seen + 1) {
            throw new IllegalStateException("lost");
        }
    }

    @Test
    void replays() {
        Options options = few().threads(2).executions(1_000);
        Failure failure =
                Explorer.explore(options, ExplorerTests::lostUpdate).failure().orElseThrow();

        Exploration replayed = Explorer.replay(failure.replayToken(), options, ExplorerTests::lostUpdate);

        assertThat(replayed.executions()).isEqualTo(1);
        assertThat(replayed.failure().orElseThrow().message()).isEqualTo(failure.message());
    }

    @Test
    void refusesToReplayAnEmptyToken() {
        for (String token : List.of("", " ")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Explorer.replay(token, () -> {}))
                    .withMessageStartingWith("The replay token is empty; copy the whole token");
        }
    }

    @Test
    void letsSystemPropertiesWin() {
        System.setProperty("harness.executions", "3");
        assertThat(Explorer.explore(few(), () -> {}).executions()).isEqualTo(3);
        System.setProperty("harness.executions", "none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Explorer.explore(few(), () -> {}))
                .withMessage("harness.executions is \"none\"; it must be a whole number from 1 to 2147483647.");
    }

    @Test
    void refusesWhatCannotBeTakenInBeforeAnythingRuns() {
        CountDownLatch latch = new CountDownLatch(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Explorer.check(latch::countDown))
                .withMessage("A lambda of org.concurrentharness.explore.ExplorerTests captures a"
                        + " java.util.concurrent.CountDownLatch, which is made outside the campaign;"
                        + " make it inside the body.");
    }

    @Test
    void startsStaticStateAnewForEachExecutionWhenIsolated() {
        assertThat(Explorer.explore(few().isolate(true), () -> COUNTER.incrementAndGet())
                        .outcomes())
                .containsOnlyKeys("1");
        assertThat(Explorer.explore(few(), () -> COUNTER.incrementAndGet()).outcomes())
                .hasSizeGreaterThan(1);
        assertThat(COUNTER).hasValue(0);
    }

    @Test
    void loadsClassesWithoutDisturbingTheEngine() {
        assertThat(Explorer.explore(few(), () -> {
                            List<String> names = Collections.synchronizedList(new ArrayList<>());
                            Thread other = new Thread(() -> names.add(new LoadedByTheOther().name()));
                            other.start();
                            names.add(new LoadedByTheBody().name());
                            other.join();
                            return names.size();
                        })
                        .outcomes())
                .containsOnlyKeys("2");
    }

    static class LoadedByTheOther {
        String name() {
            return new LoadedByTheBody().name() + "-";
        }
    }

    static class LoadedByTheBody {
        String name() {
            return List.of(getClass().getName(), new Object() {}.getClass().getName())
                    .toString();
        }
    }

    @Test
    void letsGoOfTheClassLoader() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        for (CarrierKind carrier : List.of(CarrierKind.AUTO, CarrierKind.THREADS)) {
            for (boolean failing : new boolean[] {false, true}) {
                loaders.add(loaderOfACampaign(few().carrier(carrier), failing, collected));
            }
        }
        loaderOfACampaign(few(), false, collected); // the last one may be remembered
        for (int i = 0; i < 50 && loaders.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            collected.remove(50);
        }
        assertThat(loaders).allSatisfy(loader -> assertThat(loader.get()).isNull());
    }

    private static WeakReference<ClassLoader> loaderOfACampaign(
            Options options, boolean failing, ReferenceQueue<ClassLoader> collected) {
        ExplorationCall<String> body = () -> {
            Thread other = new Thread(ExplorerTests::something);
            other.start();
            other.join();
            if (failing) {
                throw new OwnException();
            }
            return new LoadedByTheBody().name();
        };
        BodyProgram program =
                new BodyProgram(BodyTransfer.of(body, new SharedPackages(List.of(), List.of())), options, List.of());
        Explorer.explore(options, program);
        return new WeakReference<>(program.loader(), collected);
    }

    @SuppressWarnings("serial")
    static class OwnException extends Exception {}

    @Test
    @DisabledOnOs(OS.WINDOWS) // its libraries lie elsewhere
    void saysWhatToDoAboutALibraryThatLoadsOnlyOnce() throws Exception {
        Path file = Files.createTempFile("harness", "");
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(channel.size()).isZero(); // the JDK has loaded its library now
        }
        Files.delete(file);

        Exploration exploration = Explorer.explore(few(), () -> Native.call());

        assertThat(exploration.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_CONTROLLED);
            assertThat(failure.message())
                    .isEqualTo("Native library " + Native.library()
                            + " is loaded by another class loader already, and the JVM allows only one."
                            + " Set harness.shared to org.concurrentharness.explore, so that"
                            + " org.concurrentharness.explore.ExplorerTests$Native is left out of campaigns.");
        });
    }

    static class Native {
        static Path library() {
            return Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("nio"));
        }

        static void call() {
            System.load(library().toString());
        }
    }
}
