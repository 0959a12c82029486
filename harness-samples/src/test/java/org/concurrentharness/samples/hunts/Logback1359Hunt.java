package org.concurrentharness.samples.hunts;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.concurrentharness.junit5.BenignRace;
import org.concurrentharness.junit5.ConcurrentTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * <a href="https://github.com/qos-ch/logback/issues/959">LOGBACK-1359</a>: each file appender that starts looks through a plain
 * map of its context for one with the same file, and adds itself: ConcurrentModificationException when two do so at a time.
 */
class Logback1359Hunt {
    private final LoggerContext context = new LoggerContext();
    private final Path file = Path.of("target/hunts/logback.log");

    @BeforeEach
    void startTwoAppenders() throws IOException {
        Files.createDirectories(file.getParent());
        appender("first", "1").start();
        appender("second", "2").start();
    }

    @AfterEach
    void stopThemAll() {
        context.stop();
    }

    /** Two threads start an appender each; the first one's file is in use, which it reports, in the midst of the map. */
    @ConcurrentTest(inside = "ch.qos.logback")
    @BenignRace(
            of = "ch.qos.logback.core.BasicStatusManager.count",
            value = "A statistic of the messages so far, still counted without a lock in 1.6.6; nothing depends on it.")
    void startsAppendersTogether() throws InterruptedException {
        Thread other = new Thread(() -> appender("third", "3").start());
        other.start();
        appender("fourth", "1").start();
        other.join();
    }

    private FileAppender<ILoggingEvent> appender(String name, String suffix) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(file + suffix);
        appender.setEncoder(encoder);
        return appender;
    }
}
