package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.junit5.HuntRunResult.PASSED;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.concurrentharness.stress.Stress;
import org.concurrentharness.stress.StressFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

class RaceHuntStressTests {
    /** What fixtures and tests did. Tests of this class run one after the other. */
    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

    @TempDir
    private Path reports;

    /** Stands for a database. */
    static class Database {
        private final Map<Integer, Object> owners = new ConcurrentHashMap<>();
        private volatile int rows;

        int insert(Object owner) {
            int row = rows;
            Stress.mayYield();
            rows = row + 1;
            owners.put(row, owner);
            return row;
        }
    }

    static class DatabaseFixture implements Fixture<Database> {
        @Override
        public Database create() {
            JOURNAL.add("create");
            return new Database();
        }

        @Override
        public void close(Database database) {
            JOURNAL.add("close");
        }
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 2_000_000, budget = "60s")
    static class Inserts {
        @SharedFixture(DatabaseFixture.class)
        private Database database;

        @Test
        void inserts() {
            int row = database.insert(this);
            Stress.mayYield();
            if (database.owners.remove(row) != this) {
                throw new AssertionError("lost");
            }
        }
    }

    @Test
    void findsTestsThatInterfere() {
        HuntRunResult run = HuntRunResult.of(Inserts.class, "harness.seed", "3", "harness.budget", "3s");

        assertThat(run.failures()).containsOnlyKeys("inserts() beside inserts()");
        assertThat(run.failures().get("inserts() beside inserts()")).isInstanceOf(StressFailure.class);
        assertThat(run.failure("inserts() beside inserts()"))
                .contains("java.lang.AssertionError: lost")
                .contains("2 threads (inserts, inserts-1), seed 3, ");
        assertThat(run.published().get("inserts() beside inserts()"))
                .containsKeys("harness.stress.rounds", "harness.stress.probability")
                .containsEntry("harness.seed", "3");
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 50)
    static class Lifecycle {
        static final AtomicInteger INSTANCES = new AtomicInteger();

        @SharedFixture(DatabaseFixture.class)
        private static Database database;

        @SharedFixture(value = DatabaseFixture.class, scope = Scope.CLASS)
        private Database ofClass;

        Lifecycle() {
            INSTANCES.incrementAndGet();
        }

        @BeforeAll
        static void first(@SharedFixture(DatabaseFixture.class) Database given) {
            assertThat(given).isSameAs(database);
            JOURNAL.add("before all");
        }

        @BeforeEach
        void begin() {
            assertThat(ofClass).isNotNull().isNotSameAs(database);
        }

        @Test
        void one() {
            assertThat(ofClass).isNotNull();
        }

        @Test
        void two() {}

        @AfterEach
        void end() {
            assertThat(database).isNotNull();
        }

        @AfterAll
        static void last() {
            JOURNAL.add("after all");
        }
    }

    @Test
    void runsOverTheFixturesOfTheTests() {
        JOURNAL.clear();
        Lifecycle.INSTANCES.set(0);

        FixtureRun run = FixtureRun.of(reports, 1, Map.of(), Lifecycle.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(2 + 3);
        // The fixture of the run is the one of the tests as well, that of the class is made for Jupiter and for the
        // hunt.
        assertThat(JOURNAL.stream().filter("create"::equals)).hasSize(3);
        assertThat(JOURNAL.stream().filter("close"::equals)).hasSize(3);
        assertThat(JOURNAL).endsWith("close");
        assertThat(JOURNAL.stream().filter("before all"::equals)).hasSize(1 + 2 + 3);
        assertThat(JOURNAL.stream().filter("after all"::equals)).hasSize(1 + 2 + 3);
        assertThat(Lifecycle.INSTANCES).hasValue(2 + 2 * 5 + 3 * 2 * 50);
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 20)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedInstance {
        private final AtomicInteger tests = new AtomicInteger();

        @BeforeAll
        void first() {
            tests.set(10);
        }

        @Test
        void isBetween() {
            assertThat(tests.incrementAndGet()).isBetween(11, 12);
        }
    }

    @Test
    void sharesAnInstanceInARound() {
        assertThat(HuntRunResult.of(SharedInstance.class).outcomes())
                .isEqualTo(Map.of("isBetween() beside isBetween()", PASSED));
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 20)
    static class FailsAlone {
        @Test
        void fails() {
            throw new AssertionError("by itself");
        }
    }

    @Test
    void doesNotBlameOthersForATestThatFailsAlone() {
        HuntRunResult run = HuntRunResult.of(FailsAlone.class);

        assertThat(run.failures()).containsOnlyKeys("fails() alone");
        assertThat(run.outcomes())
                .containsEntry("fails() beside fails()", "fails() fails when it runs alone, see fails() alone.");
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 1_000)
    static class LeavesSomethingBehind {
        @Test
        void fails(@SharedFixture(value = LatchesFixture.class, scope = Scope.CLASS) Latches latches) {
            assertThat(latches.come.incrementAndGet()).isLessThan(100);
        }
    }

    /** What a test does to itself when it is repeated is no interference. */
    @Test
    void aTestThatCannotBeRepeatedFailsAlone() {
        HuntRunResult run = HuntRunResult.of(LeavesSomethingBehind.class);

        assertThat(run.failures()).containsOnlyKeys("fails() alone");
        assertThat(run.failure("fails() alone")).contains("round 100");
    }

    static class Latches {
        final AtomicInteger come = new AtomicInteger();
        final CountDownLatch never = new CountDownLatch(1);
    }

    static class LatchesFixture implements Fixture<Latches> {
        @Override
        public Latches create() {
            return new Latches();
        }
    }

    @RaceHunt(fidelity = Fidelity.STRESS, executions = 10, timeout = "300ms")
    static class Hangs {
        @Test
        void a(@SharedFixture(value = LatchesFixture.class, scope = Scope.CLASS) Latches latches)
                throws InterruptedException {
            if (latches.come.incrementAndGet() > 1) {
                latches.never.await();
            }
        }

        @Test
        void b() {}
    }

    @Test
    void doesNotGoOnAfterAHang() {
        HuntRunResult run = HuntRunResult.of(Hangs.class);

        assertThat(run.failures()).containsOnlyKeys("a() beside a()");
        assertThat(run.failure("a() beside a()")).startsWith("Round 1 hangs").contains("Thread a, in round 1, WAITING");
        assertThat(run.outcomes())
                .containsEntry(
                        "a() beside b()",
                        "The threads of a() beside a() did not end in time, and what they use may not be as it should be.");
    }

    @Test
    void replaysNothing() {
        assertThat(HuntRunResult.of(SharedInstance.class, "harness.replay", "cr1-a-ch1-b")
                        .outcomes())
                .containsValue("A replay token repeats a schedule, which there is none of with fidelity = STRESS.");
    }

    static class BadFixture implements Fixture<String> {
        @Override
        public String create() {
            throw new IllegalStateException("no database");
        }
    }

    @RaceHunt(fidelity = Fidelity.STRESS)
    static class NeedsABadFixture {
        @Test
        void test(@SharedFixture(value = BadFixture.class, scope = Scope.CLASS) String value) {}
    }

    @Test
    void aFixtureThatCannotBeCreatedFailsTheTestAlone() {
        HuntRunResult run = HuntRunResult.of(NeedsABadFixture.class);

        assertThat(run.failures()).containsOnlyKeys("test() alone");
        assertThat(run.failure("test() alone")).contains("BadFixture");
    }
}
