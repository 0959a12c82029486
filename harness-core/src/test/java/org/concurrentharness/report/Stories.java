package org.concurrentharness.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.concurrentharness.explore.Coverage;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;
import org.jspecify.annotations.Nullable;

/** Failures to report about. */
final class Stories {
    static final String TOKEN = "ch1-K0hT02cQFLab09o3II9hL";

    private Stories() {}

    static FailureStory exception() {
        Trace trace = new Trace("Account.java", "main", "Thread-1", "Thread-2");
        trace.step(0, 12, "new AtomicInteger", "AtomicInteger#1", "100");
        trace.step(0, 30, "Thread.start", "Thread#1", "");
        trace.step(0, 31, "Thread.start", "Thread#2", "");
        trace.step(0, 33, "Thread.join", "Thread#1", "").blocked();
        for (int i = 0; i < 4; i++) {
            trace.step(1, 17 + i, "ArrayBlockingQueue.offer", "ArrayBlockingQueue#1", "true");
        }
        trace.step(1, 21, "AtomicInteger.get", "AtomicInteger#1", "100");
        trace.step(2, 21, "AtomicInteger.get", "AtomicInteger#1", "100").preempted();
        trace.step(2, 22, "AtomicInteger.set", "AtomicInteger#1", "150");
        trace.step(1, 22, "AtomicInteger.set", "AtomicInteger#1", "150");
        trace.step(0, 34, "Thread.join", "Thread#2", "");
        trace.step(0, 35, "AtomicInteger.get", "AtomicInteger#1", "150");
        AssertionError error = new AssertionError("expected: 200 but was: 150", cause());
        error.setStackTrace(new StackTraceElement[] {
            frame("com.acme.bank.AccountTests", "deposits", "AccountTests.java", 35),
            frame("java.lang.invoke.LambdaForm$DMH", "invokeVirtual", null, -1),
            frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke", "DirectMethodHandleAccessor.java", 104),
            frame("java.lang.reflect.Method", "invoke", "Method.java", 565),
            frame("org.concurrentharness.junit5.Campaign", "run", "Campaign.java", 80),
            frame("org.concurrentharness.samples.Starter", "start", "Starter.java", 9),
            frame("org.concurrentharness.explore.Execution", "body", "Execution.java", 60)
        });
        error.addSuppressed(closing());
        return new FailureStory(
                "com.acme.bank.AccountTests.deposits",
                Failure.Kind.EXCEPTION,
                "java.lang.AssertionError in main: expected: 200 but was: 150",
                List.of(),
                trace.steps,
                trace.names,
                Optional.of(error),
                42,
                17,
                17,
                1,
                TOKEN,
                "fibers",
                List.of(),
                List.of(),
                "");
    }

    static FailureStory deadlock() {
        Trace trace = new Trace("Transfer.java", "main", "left", "right");
        trace.step(0, 20, "Thread.start", "Thread#1", "");
        trace.step(0, 21, "Thread.start", "Thread#2", "");
        trace.step(0, 22, "Thread.join", "Thread#1", "").blocked();
        trace.step(1, 40, "enter monitor of Account#1", "Account#1", "");
        trace.step(2, 40, "enter monitor of Account#2", "Account#2", "").preempted();
        trace.step(2, 41, "enter monitor of Account#1", "Account#1", "").blocked();
        trace.step(1, 41, "enter monitor of Account#2", "Account#2", "").blocked();
        return new FailureStory(
                "com.acme.bank.TransferTests.transfersBothWays",
                Failure.Kind.DEADLOCK,
                "3 threads wait, and nothing can wake them.",
                List.of(
                        "main waits for the end of left at TransferTests.java:22",
                        "left holds the monitor of Account#1, taken at Transfer.java:40, and waits for the monitor of"
                                + " Account#2, held by right, at Transfer.java:41",
                        "right holds the monitor of Account#2, taken at Transfer.java:40, and waits for the monitor of"
                                + " Account#1, held by left, at Transfer.java:41"),
                trace.steps,
                trace.names,
                Optional.empty(),
                -7,
                3,
                3,
                1,
                TOKEN,
                "platform threads",
                List.of("The schedule was shortened from 5 preemptive switches to 1."),
                List.of(),
                "");
    }

    static FailureStory livelock() {
        Trace trace = new Trace("Polite.java", "main", "Thread-1");
        trace.step(0, 10, "Thread.start", "Thread#1", "");
        for (int i = 0; i < 2_000; i++) {
            trace.step(0, 14, "AtomicBoolean.get", "AtomicBoolean#1", "false");
            trace.step(0, 15, "Thread.yield", "", "");
            trace.step(1, 24, "AtomicBoolean.get", "AtomicBoolean#2", "false");
            trace.step(1, 25, "Thread.yield", "", "");
        }
        return new FailureStory(
                "com.acme.PoliteTests.afterYou",
                Failure.Kind.LIVELOCK,
                "The execution did not end within 20000 steps; main and Thread-1 keep running without getting anywhere.",
                List.of("main is at Polite.java:15", "Thread-1 is at Polite.java:25"),
                trace.steps,
                trace.names,
                Optional.empty(),
                1,
                1,
                1,
                0,
                TOKEN,
                "fibers",
                List.of("If the test is only long, raise maxSteps."),
                List.of(),
                "");
    }

    static FailureStory leakedThread() {
        Trace trace = new Trace("Cache.java", "main", "pool-1-thread-1");
        trace.step(0, 9, "Thread.start", "Thread#1", "");
        trace.step(1, 77, "LinkedBlockingQueue.take", "LinkedBlockingQueue#1", "")
                .blocked();
        trace.step(0, 12, "LinkedBlockingQueue.size", "LinkedBlockingQueue#1", "0");
        return new FailureStory(
                "com.acme.CacheTests.loads",
                Failure.Kind.LEAKED_THREAD,
                "1 thread outlived the test.",
                List.of("pool-1-thread-1, started at Cache.java:9, waits in LinkedBlockingQueue.take at Cache.java:77"),
                trace.steps,
                trace.names,
                Optional.empty(),
                99,
                1,
                1,
                0,
                TOKEN,
                "fibers",
                List.of(),
                List.of(),
                "");
    }

    static FailureStory notControlled() {
        IllegalStateException refused = new IllegalStateException("The JVM refused to load the agent");
        refused.setStackTrace(new StackTraceElement[] {
            frame("org.concurrentharness.agent.Attacher", "attach", "Attacher.java", 31),
            frame("org.concurrentharness.explore.Explorer", "explore", "Explorer.java", 44)
        });
        return new FailureStory(
                "com.acme.CacheTests.loads",
                Failure.Kind.NOT_CONTROLLED,
                "The agent could not attach to this JVM, so no schedule was tried.",
                List.of("Add -javaagent:harness-agent.jar to the JVM that runs the tests."),
                List.of(),
                List.of(),
                Optional.of(refused),
                1,
                0,
                0,
                0,
                "",
                "fibers",
                List.of(),
                List.of(),
                "");
    }

    /** Two threads that count without a lock, and a third that only looks: two races, with the harm of the first. */
    static FailureStory dataRace() {
        Trace trace = new Trace("Counter.java", "main", "first", "second");
        trace.step(0, 40, "start first", "", "");
        trace.step(0, 41, "start second", "", "");
        trace.step(1, 21, "enter monitor", "Statistics#1", "").after(1).locks("Statistics#1");
        trace.step(1, 12, "read Counter.value", "Counter#1", "0").locks("Statistics#1");
        trace.step(2, 31, "ReentrantLock.lock", "ReentrantLock#1", "")
                .preempted()
                .after(2)
                .locks("ReentrantLock#1");
        trace.step(2, 12, "read Counter.value", "Counter#1", "0").locks("ReentrantLock#1");
        trace.step(2, 12, "write Counter.value", "Counter#1", "1").locks("ReentrantLock#1");
        trace.step(2, 33, "ReentrantLock.unlock", "ReentrantLock#1", "");
        trace.step(1, 12, "write Counter.value", "Counter#1", "1").locks("Statistics#1");
        trace.step(1, 23, "exit monitor", "Statistics#1", "");
        trace.step(0, 43, "Thread.join", "Thread#1", "").after(10);
        trace.step(0, 44, "Thread.join", "Thread#2", "").after(8);
        trace.step(0, 45, "read Counter.value", "Counter#1", "1");
        return new FailureStory(
                "com.acme.CounterTests.countsBoth",
                Failure.Kind.DATA_RACE,
                "Counter.value is written by first and read by second, and nothing orders the two.",
                List.of(),
                trace.steps,
                trace.names,
                Optional.empty(),
                42,
                1,
                1,
                1,
                TOKEN,
                "fibers",
                List.of(),
                List.of(race(), lesserRace()),
                "With the race, the outcome changes: expected 2 but was 1, in the interleaving below.");
    }

    private static DataRace race() {
        return new DataRace(
                "Counter.value",
                new DataRace.Access(
                        2,
                        "second",
                        "write",
                        frame("com.acme.Counter", "increment", "Counter.java", 12),
                        List.of(
                                frame("com.acme.Counter", "increment", "Counter.java", 12),
                                frame("com.acme.Worker", "count", "Counter.java", 32),
                                frame("java.lang.reflect.Method", "invoke", "Method.java", 565),
                                frame("jdk.internal.vm.Continuation", "run", "Continuation.java", 11),
                                frame("com.acme.Worker", "run", "Counter.java", 28),
                                frame("java.lang.Thread", "run", "Thread.java", 1474)),
                        List.of("ReentrantLock#1"),
                        Optional.of(frame("com.acme.CounterTests", "countsBoth", "Counter.java", 41)),
                        OptionalInt.of(7)),
                new DataRace.Access(
                        1,
                        "first",
                        "write",
                        frame("com.acme.Counter", "increment", "Counter.java", 12),
                        List.of(
                                frame("com.acme.Counter", "increment", "Counter.java", 12),
                                frame("com.acme.Statistics", "count", "Counter.java", 22)),
                        List.of("Statistics#1"),
                        Optional.of(frame("com.acme.CounterTests", "countsBoth", "Counter.java", 40)),
                        OptionalInt.of(9)),
                "Both hold a lock, but not the same one: ReentrantLock#1 here, Statistics#1 there.",
                "Guard every access of Counter.value by one lock, or make it an AtomicInteger.");
    }

    private static DataRace lesserRace() {
        return new DataRace(
                "HashMap#1",
                new DataRace.Access(
                        1,
                        "first",
                        "HashMap.put",
                        frame("com.acme.Registry", "add", "Registry.java", 9),
                        List.of(frame("com.acme.Registry", "add", "Registry.java", 9)),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty()),
                new DataRace.Access(
                        2,
                        "second",
                        "HashMap.get",
                        frame("com.acme.Registry", "find", "Registry.java", 14),
                        List.of(frame("com.acme.Registry", "find", "Registry.java", 14)),
                        List.of(),
                        Optional.empty(),
                        OptionalInt.empty()),
                "No lock is held at either access.",
                "Use a ConcurrentHashMap.");
    }

    /** Returns the result of a campaign that found what the story tells. */
    static Exploration exploration(FailureStory story) {
        return new Exploration(
                Verdict.FAILED,
                story.executionsRun(),
                story.executionsRun(),
                Optional.of(new Failure(
                        story.kind(),
                        story.message(),
                        story.cause(),
                        story.replayToken(),
                        story.trace(),
                        FailureReport.text(story),
                        story.races(),
                        story)),
                Duration.ofMillis(1_234),
                story.seed(),
                Map.of(),
                story.notes(),
                Duration.ofMillis(120),
                0xcafe,
                story.races(),
                Coverage.NONE,
                List.of());
    }

    /** Returns the result of a campaign that found nothing. */
    static Exploration nothing(Verdict verdict) {
        return new Exploration(
                verdict,
                1_000,
                37,
                Optional.empty(),
                Duration.ofMillis(812),
                Long.MIN_VALUE,
                Map.of("[1, 2]", 990L, "[2, 1]", 10L),
                List.of("Thread pool-1-thread-1 outlived the body."),
                Duration.ofMillis(120),
                -1,
                List.of(),
                new Coverage(
                        4.1e9,
                        0.97,
                        0,
                        0,
                        verdict + " 1 000 of an estimated 4.1e9 schedules, 37 of them distinct;"
                                + " a further one has about a 97 % chance to be new"),
                List.of());
    }

    /** A data race in which everything is called {@code name}. */
    static FailureStory hostile(String name, Trace trace) {
        StackTraceElement place = frame("com.acme." + name, name, name, 1);
        DataRace.Access access = new DataRace.Access(
                0, name, name, place, List.of(place, place), List.of(name), Optional.of(place), OptionalInt.of(1));
        return new FailureStory(
                name,
                Failure.Kind.DATA_RACE,
                name,
                List.of(name),
                trace.steps,
                trace.names,
                Optional.of(new IllegalStateException(name)),
                1,
                1,
                1,
                0,
                name,
                name,
                List.of(name),
                List.of(new DataRace(name, access, access, name, name)),
                name);
    }

    /** Returns the story with other races. */
    static FailureStory with(FailureStory story, List<DataRace> races, String harm) {
        return new FailureStory(
                story.test(),
                story.kind(),
                story.message(),
                story.details(),
                story.trace(),
                story.threadNames(),
                story.cause(),
                story.seed(),
                story.execution(),
                story.executionsRun(),
                story.preemptions(),
                story.replayToken(),
                story.carrier(),
                story.notes(),
                races,
                harm);
    }

    static FailureStory of(Failure.Kind kind, Trace trace) {
        return new FailureStory(
                "com.acme.Tests.test",
                kind,
                "A message.",
                List.of(),
                trace.steps,
                trace.names,
                Optional.empty(),
                1,
                1,
                1,
                0,
                TOKEN,
                "fibers",
                List.of(),
                List.of(),
                "");
    }

    private static Throwable cause() {
        IllegalStateException cause = new IllegalStateException("balance\nis wrong");
        cause.setStackTrace(new StackTraceElement[] {
            frame("com.acme.bank.Account", "check", "Account.java", 50),
            frame("com.acme.bank.AccountTests", "deposits", "AccountTests.java", 34),
            frame("org.concurrentharness.samples.Starter", "start", "Starter.java", 9),
            frame("org.concurrentharness.explore.Execution", "body", "Execution.java", 60)
        });
        return cause;
    }

    private static Throwable closing() {
        IllegalStateException suppressed = new IllegalStateException("closed twice");
        suppressed.setStackTrace(new StackTraceElement[] {frame("com.acme.bank.Account", "close", "Account.java", 58)});
        return suppressed;
    }

    static StackTraceElement frame(String type, String method, @Nullable String file, int line) {
        return new StackTraceElement("app", null, null, type, method, file, line);
    }
}
