package org.concurrentharness.samples.hunts.stress;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.StressTest;

/**
 * <a href="https://github.com/apache/logging-log4j2/issues/3234">apache/logging-log4j2 3234</a>: one thread updates all loggers, in a
 * stream over the registry that another thread adds loggers to. As in an application, there is one context for all rounds.
 */
class Log4j3234Stress {
    private static final int TIMES = 200;
    private static final LoggerContext CONTEXT = new LoggerContext("context");
    private static final AtomicLong LOGGERS = new AtomicLong();

    static {
        CONTEXT.start(new DefaultConfiguration());
    }

    @Actor
    void addsLoggers() {
        for (int i = 0; i < TIMES; i++) {
            CONTEXT.getLogger("logger " + LOGGERS.incrementAndGet());
        }
    }

    @Actor
    void updatesLoggers() {
        for (int i = 0; i < TIMES; i++) {
            CONTEXT.updateLoggers();
        }
    }

    @StressTest(duration = "20s", timeout = "5s", stopAtFailure = true)
    void updatesLoggersWhileSomeAreAdded() {}
}
