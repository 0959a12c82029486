package org.concurrentharness.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.junit5.HuntRunResult.PASSED;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.fixture.Fixture;
import org.concurrentharness.fixture.Scope;
import org.concurrentharness.junit5.shared.Journal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.UniqueId;

class RaceHuntTests {
    /** Sells a ticket twice now and then. */
    static class Tickets {
        private final AtomicInteger next = new AtomicInteger();
        private final Map<Integer, Object> holders = new ConcurrentHashMap<>();

        int buy(Object holder) {
            int ticket = next.get();
            next.set(ticket + 1);
            holders.put(ticket, holder);
            return ticket;
        }
    }

    static class TicketsFixture implements Fixture<Tickets> {
        @Override
        public Tickets create() {
            return new Tickets();
        }
    }

    @RaceHunt
    static class Ticketing {
        @Test
        void buys(@SharedFixture(TicketsFixture.class) Tickets tickets) {
            int ticket = tickets.buy(this);
            assertThat(tickets.holders.get(ticket)).isSameAs(this);
        }

        @Test
        void looks(@SharedFixture(TicketsFixture.class) Tickets tickets) {
            assertThat(tickets.next.get()).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "threads"})
    void failsWithTheTestsAndTheInterleaving(String carrier) {
        HuntRunResult run = HuntRunResult.of(Ticketing.class, "harness.carrier", carrier);

        assertThat(run.outcomes())
                .containsOnlyKeys("buys() beside buys()", "buys() beside looks()", "looks() beside looks()")
                .containsEntry("buys() beside looks()", PASSED)
                .containsEntry("looks() beside looks()", PASSED);
        assertThat(run.failure("buys() beside buys()"))
                .startsWith("Exception in " + Ticketing.class.getName() + "#buys() beside buys(), after ")
                .contains("Thread buys runs buys(), which passes alone.")
                .contains("Thread buys-1 runs buys(), which passes alone.")
                .containsPattern("main +│ buys +│ buys-1")
                .contains("@RaceHunt(replay = \"cr1-");
        assertThat(run.failures().get("buys() beside buys()")).isInstanceOf(ConcurrencyFailure.class);
        assertThat(run.published().get("looks() beside looks()"))
                .containsKeys("harness.verdict", "harness.executions", "harness.seed")
                .containsEntry("harness.verdict", "PROVED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "threads"})
    void replaysATokenOnEitherCarrier(String carrier) {
        String pair = "buys() beside buys()";
        String token = HuntRunResult.of(Ticketing.class).published().get(pair).get("harness.replay");

        HuntRunResult run = HuntRunResult.of(Ticketing.class, "harness.replay", token, "harness.carrier", carrier);

        assertThat(run.failures()).containsOnlyKeys(pair);
        assertThat(run.published().get(pair)).containsEntry("harness.executions", "1");
        assertThat(run.outcomes())
                .containsEntry("looks() beside looks()", "The replay token is that of another combination.");
    }

    @Test
    void refusesATokenOfAnotherClass() {
        HuntRunResult run = HuntRunResult.of(Ticketing.class, "harness.replay", "cr1-abc-ch1-xyz");

        assertThat(run.failure("@RaceHunt"))
                .isEqualTo("The replay token cr1-abc-ch1-xyz is not one of the combinations of "
                        + Ticketing.class.getName()
                        + "; put it on the class that it was printed for, and if its tests were"
                        + " renamed, run it without replay to get a new token.");
        assertThat(run.failures()).hasSize(1);
    }

    static class PlainFixture implements Fixture<int[]> {
        @Override
        public int[] create() {
            return new int[1];
        }
    }

    @RaceHunt
    static class Races {
        @SharedFixture(PlainFixture.class)
        private int[] counters;

        @Test
        void counts() {
            counters[0]++;
        }
    }

    @Test
    void findsADataRace() {
        HuntRunResult run = HuntRunResult.of(Races.class);

        assertThat(run.failures().get("counts() beside counts()"))
                .isInstanceOfSatisfying(
                        ConcurrencyFailure.class,
                        failure -> assertThat(failure.exploration()
                                        .failure()
                                        .orElseThrow()
                                        .kind())
                                .isEqualTo(Failure.Kind.DATA_RACE));
    }

    static class Locks {
        final Object first = new Object();
        final Object second = new Object();
    }

    static class LocksFixture implements Fixture<Locks> {
        @Override
        public Locks create() {
            return new Locks();
        }
    }

    @RaceHunt
    static class Deadlocks {
        @SharedFixture(LocksFixture.class)
        private Locks locks;

        @Test
        void there() {
            synchronized (locks.first) {
                synchronized (locks.second) {
                    assertThat(locks).isNotNull();
                }
            }
        }

        @Test
        void back() {
            synchronized (locks.second) {
                synchronized (locks.first) {
                    assertThat(locks).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "threads"})
    void findsADeadlock(String carrier) {
        HuntRunResult run = HuntRunResult.of(Deadlocks.class, "harness.carrier", carrier);

        assertThat(run.failures()).containsOnlyKeys("back() beside there()");
        assertThat(run.failure("back() beside there()")).startsWith("Deadlock in ");
    }

    /** What the journal tells of one execution. */
    static class Server {}

    static class ServerFixture implements Fixture<Server> {
        @Override
        public Server create() {
            Journal.add("create server");
            return new Server();
        }

        @Override
        public void close(Server server) {
            Journal.add("close server");
        }
    }

    static class Client {
        final Server server;

        Client(Server server) {
            this.server = server;
        }
    }

    static class ClientFixture implements Fixture<Client> {
        private final Server server;

        ClientFixture(@SharedFixture(ServerFixture.class) Server server) {
            this.server = server;
        }

        @Override
        public Client create() {
            Journal.add("create client");
            return new Client(server);
        }

        @Override
        public void close(Client client) {
            Journal.add("close client");
        }
    }

    @RaceHunt(executions = 5)
    static class Everywhere {
        @SharedFixture(ServerFixture.class)
        private static Server ofClass;

        @SharedFixture(ClientFixture.class)
        private Client ofInstance;

        private final Server ofConstructor;

        Everywhere(@SharedFixture(ServerFixture.class) Server server) {
            ofConstructor = server;
        }

        @BeforeAll
        static void first(@SharedFixture(ClientFixture.class) Client client, TestInfo info) {
            assertThat(client.server).isSameAs(ofClass);
            Journal.add("before all");
        }

        @BeforeEach
        void before(TestInfo info) {
            Journal.add("before each of " + info.getTestMethod().orElseThrow().getName() + " in "
                    + Thread.currentThread().getName());
        }

        @Test
        void one(@SharedFixture(ClientFixture.class) Client client) {
            assertThat(client).isSameAs(ofInstance);
            assertThat(client.server).isSameAs(ofClass).isSameAs(ofConstructor);
        }

        @Test
        void other(@SharedFixture(value = PlainFixture.class, scope = Scope.CLASS) int[] counters) {
            assertThat(counters).containsExactly(0);
        }

        @AfterEach
        void after() {
            Journal.add("after each in " + Thread.currentThread().getName());
        }

        @AfterAll
        static void last() {
            Journal.add("after all");
        }
    }

    @Test
    void makesFixturesAnewForEachExecution() {
        HuntRunResult run = HuntRunResult.of(Everywhere.class);

        assertThat(run.failures()).isEmpty();
        List<List<String>> executions = pieces(run.journal(), "create server");
        assertThat(executions).hasSizeGreaterThan(15).allSatisfy(execution -> {
            assertThat(execution).startsWith("create server", "create client", "before all");
            assertThat(execution).endsWith("after all", "close client", "close server");
        });
        assertThat(executions)
                .anySatisfy(execution -> assertThat(execution)
                        .contains(
                                "before each of one in one",
                                "before each of other in other",
                                "after each in one",
                                "after each in other"));
    }

    private static List<List<String>> pieces(List<String> journal, String first) {
        List<Integer> starts = IntStream.range(0, journal.size())
                .filter(i -> journal.get(i).equals(first))
                .boxed()
                .toList();
        return IntStream.range(0, starts.size())
                .mapToObj(
                        i -> journal.subList(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : journal.size()))
                .toList();
    }

    @RaceHunt(executions = 5)
    static class OnceAround {
        @BeforeAll
        static void first() {
            Journal.add("before all");
        }

        @Test
        void test() {
            Journal.add("test");
        }

        @AfterAll
        static void last() {
            Journal.add("after all");
        }
    }

    @Test
    void runsBeforeAllOnceAroundACampaignThatNeedsNoFixtureThere() {
        HuntRunResult run = HuntRunResult.of(OnceAround.class);

        assertThat(run.failures()).isEmpty();
        assertThat(pieces(run.journal(), "before all")).hasSize(2).allSatisfy(campaign -> {
            assertThat(campaign).endsWith("after all");
            assertThat(campaign).filteredOn("test"::equals).hasSizeGreaterThan(1);
        });
    }

    static class Instances {
        private final AtomicInteger tests = new AtomicInteger();

        @Test
        void isTheFirst() {
            assertThat(tests.incrementAndGet()).isEqualTo(1);
        }
    }

    @RaceHunt
    static class InstancesOfTheirOwn extends Instances {}

    @RaceHunt
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedInstance extends Instances {}

    @Test
    void sharesInstancesAsJUnitDoes() {
        assertThat(HuntRunResult.of(InstancesOfTheirOwn.class).failures()).isEmpty();
        assertThat(HuntRunResult.of(SharedInstance.class).failures())
                .containsOnlyKeys("isTheFirst() beside isTheFirst()");
        assertThat(HuntRunResult.of(
                                InstancesOfTheirOwn.class,
                                TestInstance.Lifecycle.DEFAULT_LIFECYCLE_PROPERTY_NAME,
                                "per_class")
                        .failures())
                .hasSize(1);
    }

    @RaceHunt
    static class FailsAlone {
        @Test
        void fails() {
            throw new AssertionError("broken by itself");
        }

        @Test
        void passes() {}
    }

    @Test
    void doesNotBlameOthersForATestThatFailsAlone() {
        HuntRunResult run = HuntRunResult.of(FailsAlone.class);

        String reason = "fails() fails when it runs alone, see fails() alone.";
        assertThat(run.failures()).containsOnlyKeys("fails() alone");
        assertThat(run.failure("fails() alone"))
                .startsWith("Exception in " + FailsAlone.class.getName() + "#fails() alone, after 1 execution")
                .contains("broken by itself");
        assertThat(run.outcomes())
                .containsEntry("fails() beside fails()", reason)
                .containsEntry("fails() beside passes()", reason)
                .containsEntry("passes() beside passes()", PASSED);

        HuntRunResult replay = HuntRunResult.of(
                FailsAlone.class,
                "harness.replay",
                run.published().get("fails() alone").get("harness.replay"));
        assertThat(replay.failures()).containsOnlyKeys("fails() alone");

        UniqueId id = UniqueId.forEngine(RaceHuntEngine.ID)
                .append("class", FailsAlone.class.getName())
                .append("combination", "fails() alone");
        assertThat(HuntRunResult.of(selectUniqueId(id)).outcomes()).containsOnlyKeys("fails() alone");
    }

    /** Loses an update of its own now and then, in no execution that runs one thread after the other or changes the end only. */
    private static void losesAnUpdate() throws InterruptedException {
        AtomicInteger sum = new AtomicInteger();
        AtomicInteger end = new AtomicInteger();
        Thread other = new Thread(() -> {
            sum.set(sum.get() + 1);
            end.addAndGet(10);
        });
        other.start();
        sum.set(sum.get() + 1);
        end.addAndGet(100);
        other.join();
        assertThat(sum).hasValue(2);
    }

    @RaceHunt
    static class FailsAloneBetweenItsOwnThreads {
        @Test
        void losesAnUpdateOfItsOwn() throws InterruptedException {
            losesAnUpdate();
        }

        @Test
        void passes() {}
    }

    @Test
    void doesNotBlameOthersForWhatTheThreadsOfATestDo() {
        HuntRunResult run = HuntRunResult.of(FailsAloneBetweenItsOwnThreads.class);

        String alone = "losesAnUpdateOfItsOwn() alone";
        String reason = "losesAnUpdateOfItsOwn() fails when it runs alone, see " + alone + ".";
        assertThat(run.failures()).containsOnlyKeys(alone);
        assertThat(run.failure(alone)).contains("The shortest interleaving found");
        assertThat(run.outcomes())
                .containsEntry("losesAnUpdateOfItsOwn() beside losesAnUpdateOfItsOwn()", reason)
                .containsEntry("losesAnUpdateOfItsOwn() beside passes()", reason)
                .containsEntry("passes() beside passes()", PASSED);

        HuntRunResult replay = HuntRunResult.of(
                FailsAloneBetweenItsOwnThreads.class,
                "harness.replay",
                run.published().get(alone).get("harness.replay"));
        assertThat(replay.failures()).containsOnlyKeys(alone);

        UniqueId id = UniqueId.forEngine(RaceHuntEngine.ID)
                .append("class", FailsAloneBetweenItsOwnThreads.class.getName())
                .append("combination", alone);
        assertThat(HuntRunResult.of(selectUniqueId(id)).failures()).containsOnlyKeys(alone);
    }

    @RaceHunt(executions = 50)
    static class OnceAroundThreads extends OnceAround {
        @Override
        @Test
        void test() {
            AtomicInteger both = new AtomicInteger();
            Thread other = new Thread(() -> Journal.add("other " + both.incrementAndGet()));
            other.start();
            both.incrementAndGet();
            super.test();
        }
    }

    /** That one without threads has a campaign less is told by the test about what is run once around a campaign. */
    @Test
    void runsATestThatStartsThreadsInACampaignAlone() {
        HuntRunResult run = HuntRunResult.of(OnceAroundThreads.class);

        List<List<String>> campaigns = pieces(run.journal(), "before all");
        assertThat(campaigns).hasSize(3);
        assertThat(campaigns.get(1)).contains("other 1", "other 2");
    }

    @RaceHunt
    static class Assumes {
        @Test
        void assumesTooMuch() {
            Assumptions.assumeTrue(false, "not here");
        }
    }

    @Test
    void skipsCombinationsOfATestThatIsAborted() {
        assertThat(HuntRunResult.of(Assumes.class).outcomes())
                .containsOnlyKeys("assumesTooMuch() beside assumesTooMuch()")
                .hasEntrySatisfying(
                        "assumesTooMuch() beside assumesTooMuch()",
                        reason -> assertThat(reason)
                                .isEqualTo(
                                        "assumesTooMuch() is aborted when it runs alone: Assumption failed: not here"));
    }

    static class BadFixture implements Fixture<String> {
        @Override
        public String create() {
            throw new IllegalStateException("no server");
        }
    }

    @RaceHunt
    static class NeedsABadFixture {
        @Test
        void test(@SharedFixture(BadFixture.class) String server) {}
    }

    @Test
    void aFixtureThatCannotBeCreatedFailsTheTestAlone() {
        HuntRunResult run = HuntRunResult.of(NeedsABadFixture.class);

        assertThat(run.failures()).containsOnlyKeys("test() alone");
        assertThat(run.failure("test() alone")).contains("no server");
    }

    static class UncloseableFixture implements Fixture<String> {
        @Override
        public String create() {
            return "value";
        }

        @Override
        public void close(String value) {
            throw new IllegalStateException("cannot close " + value);
        }
    }

    @RaceHunt
    static class NeedsAnUncloseable {
        @Test
        void test(@SharedFixture(UncloseableFixture.class) String value) {}
    }

    @Test
    void aFixtureThatCannotBeClosedFails() {
        assertThat(HuntRunResult.of(NeedsAnUncloseable.class).failure("test() alone"))
                .contains("cannot close value");
    }

    @RaceHunt(together = 3)
    static class Three {
        private static final int CAPACITY = 2;

        static class Pool {
            final AtomicInteger used = new AtomicInteger();
        }

        static class PoolFixture implements Fixture<Pool> {
            @Override
            public Pool create() {
                return new Pool();
            }
        }

        @Test
        void takes(@SharedFixture(PoolFixture.class) Pool pool) {
            assertThat(pool.used.incrementAndGet()).isLessThanOrEqualTo(CAPACITY);
            pool.used.decrementAndGet();
        }

        @Test
        void looks(@SharedFixture(PoolFixture.class) Pool pool) {
            assertThat(pool.used.get()).isLessThanOrEqualTo(CAPACITY);
        }
    }

    @Test
    void combinesAsManyAsAsked() {
        HuntRunResult run = HuntRunResult.of(Three.class);

        assertThat(run.outcomes()).hasSize(4);
        assertThat(run.failures()).containsOnlyKeys("takes() beside takes() beside takes()");
    }

    static class Outer {
        private final AtomicInteger ofOuter = new AtomicInteger();

        @BeforeEach
        void before() {
            ofOuter.incrementAndGet();
        }

        @Nested
        @RaceHunt
        class Inner {
            @Test
            void hasItsOwnOuter() {
                assertThat(ofOuter.get()).isEqualTo(1);
            }
        }
    }

    @Test
    void huntsNestedClasses() {
        HuntRunResult run = HuntRunResult.of(Outer.class);

        assertThat(run.outcomes()).containsOnly(Map.entry("hasItsOwnOuter() beside hasItsOwnOuter()", PASSED));
    }

    @Test
    void testsOfTheClassRunAsUsual() {
        TestRun.of(Ticketing.class).assertSucceeded(2);
    }
}
