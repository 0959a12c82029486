package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.load.LoadFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadTestTests {
    static class CountingFixture implements Fixture<AtomicInteger> {
        @Override
        public AtomicInteger create() {
            return new AtomicInteger();
        }
    }

    static class Around {
        static final Set<Around> INSTANCES = ConcurrentHashMap.newKeySet();
        static final Set<Integer> THREADS = ConcurrentHashMap.newKeySet();
        static final AtomicInteger AFTER = new AtomicInteger();
        static final AtomicInteger USED = new AtomicInteger();

        private final AtomicInteger calls = new AtomicInteger();
        private volatile boolean begun;

        @BeforeEach
        void begin() {
            begun = true;
        }

        @LoadTest(threads = 2, warmup = "", duration = "200ms", p99 = "1m", errors = "0%", minThroughput = "1/s")
        void called(
                @ThreadIndex int index, TestInfo info, @SharedFixture(CountingFixture.class) AtomicInteger fixture) {
            if (!begun || !info.getDisplayName().startsWith("called")) {
                throw new AssertionError("not begun");
            }
            fixture.incrementAndGet();
            calls.incrementAndGet();
            INSTANCES.add(this);
            THREADS.add(index);
        }

        @AfterEach
        void end(@SharedFixture(CountingFixture.class) AtomicInteger fixture) {
            AFTER.incrementAndGet();
            USED.set(fixture.get() == calls.get() ? calls.get() : -1);
        }
    }

    @Test
    void callsTheMethodOfOneInstanceFromAllThreads() {
        TestRun run = TestRun.of(Around.class).assertSucceeded(1);

        assertThat(Around.INSTANCES).hasSize(1);
        assertThat(Around.THREADS).isNotEmpty().isSubsetOf(0, 1);
        assertThat(Around.AFTER).hasValue(1);
        assertThat(run.published())
                .containsEntry("harness.load.operations", Integer.toString(Around.USED.get()))
                .containsEntry("harness.load.errors", "0")
                .containsKeys("harness.load.throughput", "harness.load.p50.millis", "harness.load.p99.9.millis")
                .hasEntrySatisfying(
                        "harness.load.report",
                        report -> assertThat(report)
                                .contains("LoadTestTests$Around#called: closed loop, 2 threads, 200 ms"));
    }

    static class Slow {
        @LoadTest(threads = 2, warmup = "", duration = "50ms", p50 = "1ns", max = "2ns", minThroughput = "1000000000")
        void called() {}
    }

    @Test
    void failsWithEachLimitThatIsNotKept() {
        assertThat(TestRun.of(Slow.class).failure())
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("it must be at least 1,000,000,000/s.")
                .hasMessageContaining("p50 was ")
                .hasMessageContaining("; it must be at most 1 ns.")
                .hasMessageContaining("The longest latency was ")
                .hasMessageContaining("\n  throughput  ");
    }

    static class Throwing {
        @LoadTest(warmup = "", duration = "50ms", rate = "1000/s")
        void called() {
            throw new IllegalStateException("refused");
        }
    }

    @Test
    void failsWithWhatIsThrown() {
        assertThat(TestRun.of(Throwing.class).failure())
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining("at most 0 % may.")
                .hasMessageContaining("operations threw java.lang.IllegalStateException; the first one:")
                .hasMessageContaining("java.lang.IllegalStateException: refused")
                .hasMessageContaining("LoadTestTests$Throwing.called(")
                .hasRootCauseMessage("refused");
    }

    static class Stalled {
        @LoadTest(warmup = "", duration = "300ms", rate = "2000/s")
        void called() {
            // the operation is slow, nobody waits for something
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    static class StalledButFastEnough {
        @LoadTest(warmup = "", duration = "300ms", rate = "2000/s", minThroughput = "1/m")
        void called() {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void failsWhenItMissesItsRateByMuchUnlessItSaysWhatIsEnough() {
        assertThat(TestRun.of(Stalled.class).failure())
                .isInstanceOf(LoadFailure.class)
                .hasMessageContaining(" of 600 operations that were due (")
                .hasMessageContaining(
                        ") were not begun, since the only thread was busy: the rate of 2,000/s was not reached."
                                + " Add threads, lower the rate, or let minThroughput say what is enough.\n");
        TestRun.of(StalledButFastEnough.class).assertSucceeded(1);
    }

    static class Cold {
        @LoadTest(warmup = "0s", duration = "50ms", rate = "100/s")
        void called() {}
    }

    @Test
    void warmsUpForNoTime() {
        TestRun.of(Cold.class).assertSucceeded(1);
        assertThat(TestRun.of(Long.class, "harness.load.warmup", "0 ms", "harness.load.duration", "50ms")
                        .assertSucceeded(1)
                        .published())
                .hasEntrySatisfying(
                        "harness.load.report", report -> assertThat(report).doesNotContain("warm-up"));
    }

    static class Aborted {
        @LoadTest(duration = "60s")
        void called() {
            Assumptions.assumeTrue(false, "no server here");
        }
    }

    @Test
    void isAbortedByAnAssumption() {
        TestRun run = TestRun.of(Aborted.class);

        assertThat(run.results().testEvents().aborted().count()).isEqualTo(1);
    }

    static class Long {
        static final AtomicInteger CALLS = new AtomicInteger();

        @LoadTest(threads = 50, duration = "60s")
        void called() {
            CALLS.incrementAndGet();
        }
    }

    @Test
    void takesSettingsOfTheRun() {
        Long.CALLS.set(0);

        TestRun run = TestRun.of(
                        Long.class,
                        "harness.load.duration",
                        "100ms",
                        "harness.load.warmup",
                        "100ms",
                        "harness.load.threads",
                        "1",
                        "harness.load.rate",
                        "100/s")
                .assertSucceeded(1);

        assertThat(run.published())
                .containsEntry("harness.load.operations", "10")
                .hasEntrySatisfying(
                        "harness.load.report",
                        report -> assertThat(report)
                                .contains("open loop, 100/s by 1 thread, 100 ms after 100 ms of warm-up"));
    }

    static class BadLimit {
        @LoadTest(p99 = "50")
        void called() {}
    }

    static class BadRate {
        @LoadTest(rate = "fast")
        void called() {}
    }

    static class BadThreads {
        @LoadTest(threads = 0)
        void called() {}
    }

    static class BadDuration {
        @LoadTest(duration = "soon")
        void called() {}
    }

    static class BadTolerance {
        @LoadTest(tolerance = "lots")
        void called() {}
    }

    static class WithActor {
        @LoadTest
        void called() {}

        @Actor
        void acts() {}

        @ConcurrentTest
        void test() {}
    }

    static class Repeated {
        @RepeatedTest(2)
        @LoadTest
        void called() {}
    }

    static class Stressed {
        @StressTest
        @LoadTest
        void called() {}
    }

    static Stream<Arguments> misuses() {
        String prefix = "@LoadTest on " + LoadTestTests.class.getName() + "$";
        return Stream.of(
                Arguments.of(
                        BadLimit.class,
                        prefix + "BadLimit#called: p99 is \"50\"; it must be a positive duration such as \"800us\","
                                + " \"50ms\" or \"1.5s\"."),
                Arguments.of(
                        BadRate.class,
                        prefix + "BadRate#called: rate is \"fast\"; it must be a rate such as \"1000/s\", \"1000\" or"
                                + " \"90/m\"."),
                Arguments.of(
                        BadThreads.class, prefix + "BadThreads#called: threads must be from 1 to 100,000, but was 0."),
                Arguments.of(
                        BadDuration.class,
                        prefix + "BadDuration#called: duration is \"soon\"; it must be a positive duration such as"
                                + " \"500ms\", \"10s\" or \"2m\"."),
                Arguments.of(
                        BadTolerance.class,
                        prefix + "BadTolerance#called: tolerance is \"lots\"; it must be a share such as \"0%\" or"
                                + " \"0.1%\"."),
                Arguments.of(
                        WithActor.class,
                        "@LoadTest method " + WithActor.class.getName()
                                + "#called would be called without the @Actor method " + WithActor.class.getName()
                                + "#acts, since a load is of one method; move one of the two to another class, or call what"
                                + " the actor does where @ThreadIndex says so."),
                Arguments.of(
                        Repeated.class,
                        "@LoadTest method " + Repeated.class.getName()
                                + "#called is annotated with @RepeatedTest as well; remove one of the two."),
                Arguments.of(
                        Stressed.class,
                        "@StressTest method " + Stressed.class.getName()
                                + "#called is annotated with @LoadTest as well; remove one of the two."));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void refusesMisuse(Class<?> misused, String message) {
        assertThat(TestRun.of(misused).failures())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).hasMessage(message));
    }

    @Test
    void refusesWhatTheRunSets() {
        assertThat(TestRun.of(Long.class, "harness.load.threads", "many").failure())
                .hasMessage("@LoadTest on " + Long.class.getName()
                        + "#called: harness.load.threads is \"many\"; it must be a whole number from 1.");
        assertThat(TestRun.of(Long.class, "harness.load.spans", "yes").failure())
                .hasMessage("@LoadTest on " + Long.class.getName()
                        + "#called: harness.load.spans is \"yes\"; it must be on or off.");
        assertThat(TestRun.of(Long.class, "harness.load.baseline", "write").failure())
                .hasMessageContaining("#called: harness.load.baseline is \"write\"; it must be compare");
        assertThat(TestRun.of(Long.class, "harness.load.rate", "x").failure())
                .hasMessageContaining("#called: harness.load.rate is \"x\"; it must be a rate");
    }

    static class Compared {
        @LoadTest(
                rate = "100/s",
                warmup = "",
                duration = "100ms",
                baseline = "target/load/LoadTestTests.json",
                tolerance = "1000000%")
        void called() {}
    }

    @Test
    void refusesATolerance() {
        assertThat(TestRun.of(Compared.class).failure())
                .hasMessage("@LoadTest on " + Compared.class.getName()
                        + "#called: tolerance is \"1000000%\"; it must be a share such as \"0%\" or \"0.1%\".");
    }

    static class Learned {
        static final String FILE = "target/load/LoadTestTests.json";

        @LoadTest(rate = "100/s", warmup = "", duration = "100ms", baseline = FILE, tolerance = "100%")
        void called() {}
    }

    static class Regressed {
        static volatile boolean slow;

        @LoadTest(warmup = "", duration = "100ms", baseline = Learned.FILE)
        void called() {
            if (slow) {
                // the operation is slow, nobody waits for something
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    @Test
    void comparesWithABaseline() throws IOException {
        Files.deleteIfExists(Path.of(Learned.FILE));
        Regressed.slow = false;

        TestRun.of(Learned.class).assertSucceeded(1);
        TestRun.of(Regressed.class).assertSucceeded(1);

        assertThat(Path.of(Learned.FILE)).content().contains("Learned#called", "Regressed#called");
        Regressed.slow = true;
        TestRun regressed = TestRun.of(Regressed.class);
        assertThat(regressed.failure()).isInstanceOf(LoadFailure.class).hasMessageContaining("baseline");
        assertThat(regressed.published()).containsKey("harness.load.baseline");
        assertThat(TestRun.of(Regressed.class, "harness.load.machine", "desk").published())
                .hasEntrySatisfying(
                        "harness.load.baseline",
                        text -> assertThat(text).contains("Regressed#called on desk from now on"));
        TestRun.of(Regressed.class, "harness.load.baseline", "off").assertSucceeded(1);
        TestRun.of(Regressed.class, "harness.load.baseline", "update").assertSucceeded(1);
    }

    @Test
    void tellsWhyThereIsNoPage(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));

        assertThat(TestRun.of(Slow.class, "harness.report.dir", file.toString())
                        .failure()
                        .getMessage()
                        .lines())
                .last()
                .asString()
                .startsWith("The report of the load " + Slow.class.getName() + "#called could not be written to " + file
                        + " (")
                .endsWith("); set harness.report.dir to a directory that can be written to.");
    }

    @Test
    void writesAPageOfTheLoad(@TempDir Path directory) {
        TestRun run = TestRun.of(Slow.class, "harness.report.dir", directory.toString());

        assertThat(run.failure().getMessage().lines())
                .last()
                .asString()
                .startsWith("The page: " + directory.resolve("load"))
                .endsWith("-failed.html");
        assertThat(directory.resolve("index.html")).content().contains("LoadTestTests");
        assertThat(directory.resolve("load"))
                .isDirectoryContaining(file ->
                        file.getFileName().toString().matches(".*LoadTestTests_Slow_called-\\w+-failed\\.html"));
    }
}
