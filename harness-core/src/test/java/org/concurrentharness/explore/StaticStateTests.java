package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.options;
import static org.concurrentharness.explore.Tasks.together;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

/** Static state is the campaign's; with {@code isolate}, the execution's. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StaticStateTests {
    /** Made once, as singletons are. */
    static final class Singleton {
        static final AtomicInteger MADE = new AtomicInteger();
        private static volatile Singleton instance;

        static Singleton get() {
            if (instance == null) {
                instance = new Singleton();
                MADE.incrementAndGet();
            }
            return instance;
        }
    }

    /** Behaves otherwise each time. */
    static final class Countdown {
        private static final AtomicInteger EXECUTIONS = new AtomicInteger();

        static void run() {
            int points = EXECUTIONS.incrementAndGet() % 5;
            for (int i = 0; i < points; i++) {
                EXECUTIONS.get();
            }
        }
    }

    /** Initialised in the warm-up. */
    static final class Slow {
        static final AtomicInteger VALUE = new AtomicInteger();

        static {
            for (int i = 0; i < 10; i++) {
                VALUE.incrementAndGet();
            }
        }
    }

    @OnEachCarrier
    void classInitialisersRunBeforeWhatCounts(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> Slow.VALUE.get());
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.outcomes()).containsOnlyKeys("10");
    }

    @OnEachCarrier
    void staticStateIsTheCampaignsOwn(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> Singleton.MADE.incrementAndGet();
        Explorer.explore(options(carrier), body);
        Exploration again = Explorer.explore(options(carrier).executions(1), body);
        assertThat(again.outcomes()).containsOnlyKeys("2"); // after the warm-up, whatever other campaigns did
        assertThat(Singleton.MADE.get()).isZero();
    }

    @OnEachCarrier
    void executionsThatDifferAreRecognised(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), Countdown::run);
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.notes()).contains(Messages.DIFFERING_EXECUTIONS);
        assertThat(Messages.DIFFERING_EXECUTIONS).contains("isolate = true");
        Exploration isolated = Explorer.explore(options(carrier).isolate(true).executions(20), Countdown::run);
        assertThat(isolated.verdict()).isEqualTo(Verdict.SURVIVED);
    }

    @OnEachCarrier
    void stateThatIsSetOnceIsRecognised(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> together(Singleton::get, Singleton::get));
        assertThat(result.notes()).contains(Messages.STATIC_STATE);
        assertThat(Messages.STATIC_STATE).contains("isolate = true");
    }

    @OnEachCarrier
    void isolateFindsTheRaceInALazySingleton(CarrierKind carrier) {
        ExplorationBody body = () -> {
            together(Singleton::get, Singleton::get);
            Tasks.checkEquals(Singleton.MADE.get(), 1);
        };
        assertThat(Explorer.explore(options(carrier), body).failure()).isEmpty(); // made in the warm-up
        Exploration isolated = Explorer.explore(options(carrier).isolate(true), body);
        assertThat(isolated.failure().map(Failure::kind)).contains(Failure.Kind.EXCEPTION);
        assertThat(isolated.notes()).doesNotContain(Messages.STATIC_STATE, Messages.DIFFERING_EXECUTIONS);
    }

    @OnEachCarrier
    void isolateGivesEachExecutionFreshStatics(CarrierKind carrier) {
        Exploration result =
                Explorer.explore(options(carrier).isolate(true).executions(20), () -> Singleton.MADE.incrementAndGet());
        assertThat(result.outcomes()).containsOnlyKeys("1").containsEntry("1", 20L);
    }
}
