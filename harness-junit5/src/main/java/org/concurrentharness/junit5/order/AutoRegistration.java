package org.concurrentharness.junit5.order;

import java.util.List;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * Lets JUnit register the extension by itself in a run in which a test takes a context and says nothing else about order, so that
 * nothing else would register it. By system properties, which JUnit reads when it begins to run tests; nothing but this extension
 * is named in them, and what somebody has set is left alone.
 */
final class AutoRegistration {
    private static final String ENABLED = "junit.jupiter.extensions.autodetection.enabled";
    private static final String INCLUDE = "junit.jupiter.extensions.autodetection.include";

    private AutoRegistration() {}

    static void begin(List<OrderRun> runs, ConfigurationParameters parameters) {
        if (isWanted(runs)
                && parameters.get(ENABLED).isEmpty()
                && parameters.get(INCLUDE).isEmpty()) {
            System.setProperty(ENABLED, "true");
            System.setProperty(INCLUDE, OrderExtension.class.getName());
        }
    }

    static void end(List<OrderRun> runs) {
        if (isWanted(runs) && OrderExtension.class.getName().equals(System.getProperty(INCLUDE))) {
            System.clearProperty(ENABLED);
            System.clearProperty(INCLUDE);
        }
    }

    private static boolean isWanted(List<OrderRun> runs) {
        return runs.stream().anyMatch(run -> run.tests().autoRegister());
    }
}
