package org.concurrentharness.samples.hunts.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.concurrentharness.samples.hunts.stress.BruteForce.Round;

/** The programs with bugs: as stress tests, and the same states and actions as rounds of a loop. */
enum Program {
    GUAVA(Guava2743Stress.class, () -> {
        Guava2743Stress test = new Guava2743Stress();
        return Round.of(
                test::computesAndInvalidates,
                test::computesAndInvalidates,
                test::computesAndInvalidates,
                test::computesAndInvalidates);
    }),
    GSON(Gson1829Stress.class, () -> {
        Gson1829Stress test = new Gson1829Stress();
        return Round.of(test::writesAnAuthor, test::writesABook);
    }),
    LOG4J(Log4j3234Stress.class, () -> {
        Log4j3234Stress test = new Log4j3234Stress();
        return Round.of(test::addsLoggers, test::updatesLoggers);
    }),
    JCTOOLS(Jctools119Stress.class, () -> {
        Jctools119Stress test = new Jctools119Stress();
        return Round.of(test::offers, test::polls);
    }),
    RXJAVA(Rx4004Stress.class, () -> {
        Rx4004Stress test = new Rx4004Stress();
        return Round.of(test::offers, test::polls);
    }),
    COMMONS_POOL(Pool376Stress.class, () -> {
        Pool376Stress test = new Pool376Stress();
        return Round.of(test::givesUpTheObject, test::borrowsAnother);
    }),
    LOGBACK(Logback1359Stress.class, () -> {
        Logback1359Stress test = new Logback1359Stress();
        return Round.of(test::startsAndStopsAppenders, test::startsAndStopsAppenders);
    }),
    JDK(JdkDequeStress.class, () -> {
        JdkDequeStress test = new JdkDequeStress();
        AtomicReferenceArray<Integer> seen = new AtomicReferenceArray<>(2);
        return new Round(
                List.of(() -> seen.set(0, test.takesTheFirst()), () -> seen.set(1, test.addsOneAndLooksAtTheLast())),
                () -> assertThat(seen.get(0)).isNotEqualTo(seen.get(1)));
    });

    private final Class<?> test;
    private final Callable<Round> rounds;

    Program(Class<?> test, Callable<Round> rounds) {
        this.test = test;
        this.rounds = rounds;
    }

    Class<?> test() {
        return test;
    }

    Callable<Round> rounds() {
        return rounds;
    }

    /** Returns the name of the bug, which its hunt has too. */
    String bug() {
        return test.getSimpleName().replace("Stress", "");
    }
}
