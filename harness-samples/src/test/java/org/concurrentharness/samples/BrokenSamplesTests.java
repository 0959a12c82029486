package org.concurrentharness.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Failure.Kind.DATA_RACE;
import static org.concurrentharness.explore.Failure.Kind.DEADLOCK;
import static org.concurrentharness.explore.Failure.Kind.EXCEPTION;
import static org.concurrentharness.explore.Failure.Kind.NOT_LINEARIZABLE;

import java.util.Map;
import java.util.TreeMap;
import org.concurrentharness.explore.ConcurrencyFailure;
import org.concurrentharness.explore.Failure;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the samples that are broken on purpose, and expects them to fail. They are tagged, and the build leaves them out; in an IDE
 * they can be run, and fail, one by one.
 */
class BrokenSamplesTests {
    @Test
    void allFailAsTheyShould() {
        Map<String, Failure.Kind> kinds = new TreeMap<>();
        failures(Map.of()).forEach((test, failure) -> kinds.put(test, failure.kind()));

        assertThat(kinds)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "BankTransferTests#neverOverdraws", EXCEPTION,
                        "LazySingletonTests$WithoutLock#bothSeeTheSame", EXCEPTION,
                        "BoundedBufferTests#handsOverTwoElements", DEADLOCK,
                        "CacheTests#loadsOnce", EXCEPTION,
                        "ExecutorShutdownTests#sendsWhatItAccepts", EXCEPTION,
                        "DeadlockTests#locksBoth", DEADLOCK,
                        "ReservationsTests$LooksFirst#isLinearizable", NOT_LINEARIZABLE,
                        "VisitCounterTests#showsHowManyHaveCome", DATA_RACE));
    }

    /** Returns what the harness has found, by test. */
    static Map<String, Failure> failures(Map<String, String> settings) {
        Map<String, Failure> failures = new TreeMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getThrowable().orElse(null) instanceof ConcurrencyFailure found
                        && test.getSource().orElseThrow() instanceof MethodSource method) {
                    String name = method.getClassName()
                            .substring(getClass().getPackageName().length() + 1);
                    failures.put(
                            name + "#" + method.getMethodName(),
                            found.exploration().failure().orElseThrow());
                }
            }
        };
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(BrokenSamplesTests.class.getPackageName()))
                .filters(TagFilter.includeTags("broken"))
                .configurationParameters(settings)
                .build();
        LauncherFactory.create().execute(request, listener);
        return failures;
    }
}
