package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.TraceStep;
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

    /** A trace in the making. */
    static final class Trace {
        final List<TraceStep> steps = new ArrayList<>();
        final List<String> names;
        private final String file;

        Trace(String file, String... names) {
            this.file = file;
            this.names = List.of(names);
        }

        Trace step(int thread, int line, String operation, String object, String value) {
            steps.add(new TraceStep(
                    steps.size() + 1,
                    thread,
                    thread >= 0 && thread < names.size() ? names.get(thread) : "unnamed-" + thread,
                    "com.acme.Type",
                    "method",
                    file,
                    line,
                    operation,
                    object,
                    value.isEmpty() ? Optional.empty() : Optional.of(value),
                    false,
                    false,
                    List.of(),
                    List.of()));
            return this;
        }

        Trace preempted() {
            return last(true, false);
        }

        Trace blocked() {
            return last(false, true);
        }

        private Trace last(boolean preempted, boolean blocked) {
            TraceStep s = steps.remove(steps.size() - 1);
            steps.add(new TraceStep(
                    s.number(),
                    s.thread(),
                    s.threadName(),
                    s.className(),
                    s.methodName(),
                    s.fileName(),
                    s.line(),
                    s.operation(),
                    s.object(),
                    s.value(),
                    preempted,
                    blocked,
                    List.of(),
                    List.of()));
            return this;
        }
    }
}
