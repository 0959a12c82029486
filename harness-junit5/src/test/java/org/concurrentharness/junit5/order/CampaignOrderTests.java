package org.concurrentharness.junit5.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.junit5.ConcurrentTest;
import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.LinearizabilityTest;
import org.concurrentharness.junit5.StressTest;
import org.concurrentharness.linearizability.Operation;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that run many times, among others: each counts as one. */
class CampaignOrderTests {
    private static List<Map<String, String>> configurations() {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(with(Launched.sequential()));
        for (String executor : Launched.executors()) {
            all.add(with(Launched.parallel(executor, 4)));
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> parameters) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put("harness.executions", "20");
        more.put("harness.stress.rounds", "50");
        return more;
    }

    static class ChainCase {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add() {
            return count.incrementAndGet();
        }

        @Test
        @DependsOn(tests = "d")
        void e() {}

        @LinearizabilityTest
        @DependsOn(tests = "c")
        void d() {}

        @StressTest
        @DependsOn(tests = "b")
        void c() {
            count.incrementAndGet();
        }

        @ConcurrentTest(threads = 2)
        @DependsOn(tests = "a")
        void b() {
            count.incrementAndGet();
        }

        @Test
        void a() {}
    }

    @Test
    void eachStartsWhenTheOneBeforeItHasEnded() {
        for (Map<String, String> parameters : configurations()) {
            Launched run = Launched.of(parameters, ChainCase.class);

            assertThat(run.outcomes().values()).as("%s", run.outcomes()).containsOnly("passed");
            assertThat(run.events())
                    .filteredOn(event -> event.contains("#"))
                    .containsExactly(
                            "+ChainCase#a",
                            "-ChainCase#a",
                            "+ChainCase#b",
                            "-ChainCase#b",
                            "+ChainCase#c",
                            "-ChainCase#c",
                            "+ChainCase#d",
                            "-ChainCase#d",
                            "+ChainCase#e",
                            "-ChainCase#e");
        }
    }

    static class BrokenCase {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        int add() {
            int seen = count.get();
            count.set(seen + 1);
            return seen;
        }

        @ConcurrentTest
        void campaign() {
            throw new AssertionError("as it should");
        }

        @Test
        @DependsOn(tests = "campaign")
        void afterCampaign() {}

        @StressTest
        void stress() {
            throw new AssertionError("as it should");
        }

        @ConcurrentTest
        @DependsOn(tests = "stress")
        void afterStress() {}

        @LinearizabilityTest
        void linearizable() {}

        @StressTest
        @DependsOn(tests = "linearizable")
        void afterLinearizable() {}

        @Test
        void plain() {
            throw new AssertionError("as it should");
        }

        @LinearizabilityTest
        @DependsOn(tests = "plain")
        void afterPlain() {}
    }

    @Test
    void whatDependsOnOneThatFailedIsNotRun() {
        String place = CampaignOrderTests.class.getName() + "$BrokenCase#";
        for (Map<String, String> configuration : configurations()) {
            Map<String, String> parameters = new LinkedHashMap<>(configuration);
            parameters.put("harness.executions", "2000");
            Map<String, String> outcomes =
                    Launched.of(parameters, BrokenCase.class).outcomes();

            for (String each : List.of("campaign", "stress", "linearizable", "plain")) {
                String after = "after" + each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1);
                assertThat(outcomes.get("BrokenCase#" + each)).as(each).startsWith("failed: ");
                assertThat(outcomes.get("BrokenCase#" + after))
                        .isEqualTo("aborted: Not run, because " + place + each + " failed.");
            }
        }
    }

    static class Own {}

    static class HandOnCase {
        @BeforeEach
        void before(TestContext context) {}

        @Test
        void puts(TestContext context) {
            context.put("port", 4711);
            context.put("own", new Own());
        }

        @ConcurrentTest(threads = 2)
        @DependsOn(tests = "puts")
        void campaign(TestContext context) {
            assertThat(context.get("port", Integer.class)).isEqualTo(4711);
        }

        @StressTest
        @DependsOn(tests = "puts")
        void stress(TestContext context) {
            assertThat(context.get("port", Integer.class)).isEqualTo(4711);
            assertThat(context.get("own", Own.class)).isNotNull();
        }

        @Test
        @DependsOn(tests = {"campaign", "stress"})
        void readsThrough(TestContext context) {
            assertThat(context.get("port", Integer.class)).isEqualTo(4711);
        }
    }

    @Test
    void theyReadWhatOthersHandOn() {
        for (Map<String, String> parameters : configurations()) {
            assertThat(Launched.of(parameters, HandOnCase.class).outcomes().values())
                    .hasSize(4)
                    .containsOnly("passed");
        }
    }

    static class MisuseCase {
        @Test
        void puts(TestContext context) {
            context.put("own", new Own());
        }

        @ConcurrentTest
        @DependsOn(tests = "puts")
        void campaignPuts(TestContext context) {
            context.put("mine", 1);
        }

        @StressTest
        @DependsOn(tests = "puts")
        void stressPuts(TestContext context) {
            context.put("mine", 1);
        }

        @ConcurrentTest
        @DependsOn(tests = "puts")
        void readsACopy(TestContext context) {
            context.get("own", Own.class);
        }

        @ConcurrentTest
        void dependsOnNothing(TestContext context) {
            context.get("own", Own.class);
        }

        @ConcurrentTest
        @DependsOn(tests = "puts")
        void readsNothing(TestContext context) {
            context.get("nothing", Own.class);
        }
    }

    @Test
    void whatTheyCannotDoIsTold() {
        String here = CampaignOrderTests.class.getName() + "$";
        String runsManyTimes =
                ", which runs many times, and each time would put another value; put it in a test that runs once.";

        Map<String, String> outcomes =
                Launched.of(with(Launched.sequential()), MisuseCase.class).outcomes();

        assertThat(outcomes.get("MisuseCase#campaignPuts"))
                .contains(here + "MisuseCase#campaignPuts puts \"mine\", but it is a @ConcurrentTest" + runsManyTimes);
        assertThat(outcomes.get("MisuseCase#stressPuts"))
                .contains(here + "MisuseCase#stressPuts puts \"mine\", but it is a @StressTest" + runsManyTimes);
        assertThat(outcomes.get("MisuseCase#readsACopy"))
                .contains(here + "MisuseCase#readsACopy reads \"own\" as a " + here + "Own, but " + here
                        + "MisuseCase#puts has put a " + here
                        + "Own there by another class loader, as campaigns have; hand on"
                        + " what the JDK has, such as strings and numbers.");
        assertThat(outcomes.get("MisuseCase#dependsOnNothing"))
                .contains(here + "MisuseCase#dependsOnNothing reads \"own\", which ");
        assertThat(outcomes.get("MisuseCase#readsNothing"))
                .contains(here + "MisuseCase#readsNothing reads \"nothing\", which no test that it depends on has put"
                        + " there; there are \"own\".");
    }
}
