package org.concurrentharness.samples.hunts;

import org.apache.logging.log4j.core.LoggerContext;
import org.concurrentharness.junit5.ConcurrentTest;

/**
 * <a href="https://github.com/apache/logging-log4j2/issues/3234">apache/logging-log4j2 3234</a>: the loggers are updated in a
 * stream over the registry, which another thread adds a logger to: ConcurrentModificationException.
 */
class Log4j3234Hunt {
    /** Logging libraries are tools of a test, and not explored; here one is the subject. */
    @ConcurrentTest(inside = "org.apache.logging")
    void updatesLoggersWhileOneIsAdded() throws InterruptedException {
        LoggerContext context = new LoggerContext("context");
        context.getLogger("first");
        context.getLogger("second");
        context.getLogger("third");

        Thread other = new Thread(() -> context.getLogger("fourth"));
        other.start();
        context.updateLoggers();
        other.join();
    }
}
