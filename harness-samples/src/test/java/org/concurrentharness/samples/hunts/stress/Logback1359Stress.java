package org.concurrentharness.samples.hunts.stress;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.concurrentharness.junit5.StressTest;

/**
 * <a href="https://github.com/qos-ch/logback/issues/959">LOGBACK-1359</a>: each file appender that starts looks through a plain
 * map of its context for one with the same file, and adds itself: ConcurrentModificationException when two do so at a time.
 */
class Logback1359Stress {
    private static final int APPENDERS = 30;
    private static final Path DIRECTORY = Path.of("target", "hunts", "logback");
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final LoggerContext context = new LoggerContext();

    @StressTest(threads = 2, duration = "20s", timeout = "5s", stopAtFailure = true)
    void startsAndStopsAppenders() throws IOException {
        for (int i = 0; i < APPENDERS; i++) {
            long number = NUMBERS.incrementAndGet();
            Path file = DIRECTORY.resolve("log" + number);
            RollingFileAppender<ILoggingEvent> appender = appender("appender " + number, file.toString());
            appender.start();
            appender.stop();
            Files.deleteIfExists(file);
        }
    }

    private RollingFileAppender<ILoggingEvent> appender(String name, String file) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg");
        encoder.start();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(file);
        appender.setEncoder(encoder);
        TimeBasedRollingPolicy<ILoggingEvent> policy = new TimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%d");
        appender.setRollingPolicy(policy);
        policy.start();
        return appender;
    }
}
