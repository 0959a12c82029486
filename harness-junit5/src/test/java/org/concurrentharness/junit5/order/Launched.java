package org.concurrentharness.junit5.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of the tests of a run by JUnit's launcher.
 *
 * @param events what started and ended, in order: {@code +Suite#test}, {@code -Suite#test}
 * @param outcomes how each test ended: {@code passed}, or {@code aborted: } or {@code failed: } with the message
 * @param entries what was published
 */
record Launched(List<String> events, Map<String, String> outcomes, List<String> entries) {
    /** How a run is configured. */
    static Map<String, String> sequential() {
        return Map.of();
    }

    /** The executors that this version of JUnit has. */
    static List<String> executors() {
        String second =
                "org.junit.platform.engine.support.hierarchical.WorkerThreadPoolHierarchicalTestExecutorService";
        return ReflectionSupport.tryToLoadClass(second).toOptional().isPresent()
                ? List.of("fork_join_pool", "worker_thread_pool")
                : List.of("fork_join_pool");
    }

    static Map<String, String> parallel(String executor, int parallelism) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("junit.jupiter.execution.parallel.enabled", "true");
        parameters.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
        parameters.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
        parameters.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "" + parallelism);
        parameters.put("junit.jupiter.execution.parallel.config.executor-service", executor);
        return parameters;
    }

    static Launched of(Map<String, String> parameters, Class<?>... classes) {
        return of(
                parameters,
                Stream.of(classes).map(DiscoverySelectors::selectClass).toList());
    }

    static Launched of(Map<String, String> parameters, List<? extends DiscoverySelector> selectors) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .configurationParameter("harness.order.pictures", "false")
                .configurationParameters(parameters)
                .build();
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        List<String> entries = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> outcomes = Collections.synchronizedMap(new TreeMap<>());
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionStarted(TestIdentifier test) {
                events.add("+" + name(test));
            }

            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                outcomes.put(name(test), "disabled: " + reason);
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                events.add("-" + name(test));
                String message =
                        result.getThrowable().map(Throwable::getMessage).orElse("");
                switch (result.getStatus()) {
                    case SUCCESSFUL -> {
                        if (test.isTest()) {
                            outcomes.putIfAbsent(name(test), "passed");
                        }
                    }
                    case ABORTED -> outcomes.put(name(test), "aborted: " + message);
                    case FAILED -> outcomes.put(name(test), "failed: " + message);
                }
            }

            @Override
            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                entries.add(name(test) + " " + entry.getKeyValuePairs());
            }
        };
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, listener);
        }
        return new Launched(List.copyOf(events), Map.copyOf(outcomes), List.copyOf(entries));
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(source -> {
                    if (source instanceof MethodSource method) {
                        return simple(method.getClassName()) + "#" + method.getMethodName();
                    }
                    return source instanceof ClassSource type ? simple(type.getClassName()) : test.getDisplayName();
                })
                .orElse(test.getDisplayName());
    }

    private static String simple(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** Returns whether the first had ended before the other started. */
    boolean before(String first, String then) {
        int ended = events.lastIndexOf("-" + first);
        int started = events.indexOf("+" + then);
        return ended >= 0 && started >= 0 && ended < started;
    }
}
