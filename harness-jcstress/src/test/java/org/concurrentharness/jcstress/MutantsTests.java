package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.ICONST_1;
import static org.objectweb.asm.Opcodes.ICONST_5;
import static org.objectweb.asm.Opcodes.LCONST_0;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.concurrentharness.explore.HandOverTests;
import org.concurrentharness.fixture.FixtureStore;
import org.concurrentharness.fixture.Once;
import org.concurrentharness.jcstress.suites.FixtureStoreClosingTests;
import org.concurrentharness.jcstress.suites.FixtureStoreTests;
import org.concurrentharness.jcstress.suites.GatesTests;
import org.concurrentharness.jcstress.suites.OnceClosedTests;
import org.concurrentharness.jcstress.suites.OnceClosingTests;
import org.concurrentharness.jcstress.suites.OnceCreationTests;
import org.concurrentharness.jcstress.suites.OnceStatesTests;
import org.concurrentharness.jcstress.suites.OnceWaitingTests;
import org.concurrentharness.jcstress.suites.RendezvousTests;
import org.concurrentharness.jcstress.suites.StartingGunTests;
import org.concurrentharness.order.Gates;
import org.concurrentharness.order.Rendezvous;
import org.concurrentharness.order.StartingGun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each suite notices when what it tests is made wrong, in brief mode: a suite that passes is not blind. On JDKs with biased locking
 * (before 18) jcstress runs everything with it and without, which takes six minutes here: there only in the thorough build.
 */
@EnabledIf("takesItsTime")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsTests {
    /** Those that wake nobody make whoever waits wait for all of this. */
    private static final String PATIENCE = "-jvmArgsPrepend -Dsuites.patience=PT0.5S";

    private final Map<Mutant, SuiteInfo> suites = new EnumMap<>(Mutant.class);
    private StressRun run;

    /** A class made wrong, and the suite that has to notice. */
    enum Mutant {
        ONCE_DOES_NOT_LOOK_AGAIN_WITH_THE_LOCK_HELD(
                Mutation.of(Once.class).reads("claimOrAwait", "value", ACONST_NULL, 1), OnceCreationTests.class),
        ONCE_KEEPS_A_PLAIN_VALUE(Mutation.of(Once.class).plain("value"), OnceClosedTests.class),
        ONCE_OVERLOOKS_THAT_IT_WAS_CLOSED_WHILE_IT_CREATED(
                Mutation.of(Once.class).reads("publish", "closing", ICONST_0, 2), OnceClosingTests.class),
        ONCE_FORGETS_THAT_IT_IS_READY(
                Mutation.of(Once.class).withoutWriting("publish", "state", "READY"), OnceStatesTests.class),
        ONCE_WAKES_NOBODY(Mutation.of(Once.class).withoutCall("publish", "signalAll", 1, 1), OnceWaitingTests.class),
        FIXTURE_STORE_ADDS_WITHOUT_ITS_LOCK(
                Mutation.of(FixtureStore.class).unsynchronized("add"), FixtureStoreTests.class),
        FIXTURE_STORE_OVERLOOKS_THAT_IT_WAS_CLOSED(
                Mutation.of(FixtureStore.class).reads("hold", "closed", ICONST_0, 1), FixtureStoreClosingTests.class),
        RENDEZVOUS_DOES_NOT_WAIT_FOR_POINTS_BEFORE(
                Mutation.of(Rendezvous.class).withoutCall("reach", "size", 2, 1, ICONST_5), RendezvousTests.class),
        RENDEZVOUS_WAKES_NOBODY(
                Mutation.of(Rendezvous.class).withoutCall("reach", "signalAll", 1, 1), RendezvousTests.class),
        STARTING_GUN_STARTS_WITHOUT_THE_OTHERS(
                Mutation.of(StartingGun.class)
                        .withoutCall("gather", "size", 3, 4, ICONST_5)
                        .withoutCall("await", "fire", 1, 1, LCONST_0)
                        .withoutCall("await", "hear", 1, 1, LCONST_0),
                StartingGunTests.class),
        STARTING_GUN_WAKES_NOBODY(
                Mutation.of(StartingGun.class).withoutCall("gather", "signalAll", 1, 1), StartingGunTests.class),
        GATES_DO_NOT_LOOK_WHETHER_A_TEST_HAS_ENDED(
                Mutation.of(Gates.class.getName() + "$Gate").withoutCall("isOpen", "isDone", 1, 1, ICONST_1),
                GatesTests.class),
        PLATFORM_CARRIER_DOES_NOT_WAIT_FOR_THE_BATON(
                Mutation.of("org.concurrentharness.explore.PlatformCarrier").reads("await", "baton", ICONST_1, 1),
                HandOverTests.class);

        private final Mutation mutation;
        private final Class<?> suite;

        Mutant(Mutation mutation, Class<?> suite) {
            this.mutation = mutation;
            this.suite = suite;
        }
    }

    static boolean takesItsTime() {
        return Runtime.version().feature() >= 18 || Boolean.getBoolean("thorough");
    }

    @BeforeAll
    void runAll(@TempDir Path directory) throws Exception {
        StressOptions brief = StressOptions.of(
                key -> Optional.ofNullable(Map.of(StressOptions.ARGS, PATIENCE).get(key)));
        Path classes = Files.createDirectory(directory.resolve("mutants"));
        for (Mutant mutant : Mutant.values()) {
            String prefix = mutant.name().toLowerCase(Locale.ROOT);
            suites.put(mutant, new MutantClasses(prefix, mutant.mutation, mutant.suite).write(classes));
        }
        run = new StressRun(brief, directory, Preconditions.java(), () -> false).ahead(List.of(classes));
        run.run(suites.values(), Preconditions.classesOfForks());
    }

    @ParameterizedTest
    @EnumSource
    void isCaught(Mutant mutant) {
        SuiteInfo suite = suites.get(mutant);
        assertThat(run.result(suite).forbidden())
                .as(() -> Verdict.failure(suite, run).orElse("nothing noticed:\n" + Histogram.of(run.result(suite))))
                .isNotEmpty();
        assertThat(run.result(suite).errors()).isEmpty();
    }
}
