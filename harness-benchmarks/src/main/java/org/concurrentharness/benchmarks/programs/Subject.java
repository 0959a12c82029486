package org.concurrentharness.benchmarks.programs;

import java.util.Locale;
import java.util.Optional;

/** The programs by their names, with what is wrong with each. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
public enum Subject {
    LOST_UPDATE_2("LostUpdate2", Flaw.RACE_WITH_HARM, () -> new LostUpdate2().run()),
    LOST_UPDATE_ATOMIC_3X3("LostUpdateAtomic3x3", Flaw.WRONG_RESULT, () -> new LostUpdateAtomic3x3().run()),
    CHECK_THEN_ACT("CheckThenAct", Flaw.WRONG_RESULT, () -> new CheckThenAct().run()),
    DEADLOCK_SYNC("DeadlockSync", Flaw.HANG, () -> new DeadlockSync().run()),
    DEADLOCK_LOCK("DeadlockLock", Flaw.HANG, () -> new DeadlockLock().run()),
    BOUNDED_BUFFER("BoundedBuffer", Flaw.HANG, () -> new BoundedBuffer().run()),
    EXECUTOR_LATCH("ExecutorLatch", Flaw.HANG, () -> new ExecutorLatch().run()),
    DOUBLE_CHECKED("DoubleChecked", Flaw.RACE_WITH_HARM, () -> new DoubleChecked().run()),
    DOUBLE_CHECKED_PURE("DoubleCheckedPure", Flaw.RACE, () -> new DoubleCheckedPure().run()),
    REORDER_3("Reorder3", Flaw.RACE_WITH_HARM, () -> new Reorder(3).run()),
    REORDER_5("Reorder5", Flaw.RACE_WITH_HARM, () -> new Reorder(5).run()),
    REORDER_10("Reorder10", Flaw.RACE_WITH_HARM, () -> new Reorder(10).run()),
    REORDER_20("Reorder20", Flaw.RACE_WITH_HARM, () -> new Reorder(20).run()),
    REORDER_VOLATILE_3("ReorderVolatile3", Flaw.WRONG_RESULT, () -> new ReorderVolatile(3).run()),
    REORDER_VOLATILE_5("ReorderVolatile5", Flaw.WRONG_RESULT, () -> new ReorderVolatile(5).run()),
    REORDER_VOLATILE_10("ReorderVolatile10", Flaw.WRONG_RESULT, () -> new ReorderVolatile(10).run()),
    REORDER_VOLATILE_20("ReorderVolatile20", Flaw.WRONG_RESULT, () -> new ReorderVolatile(20).run()),
    TREIBER_STACK("TreiberStack", Flaw.NONE, () -> new TreiberStack().run()),
    SYNC_COUNTER_100("SyncCounter100", Flaw.NONE, () -> new SyncCounter100().run());

    /** What is wrong with a program. */
    public enum Flaw {
        /** Nothing. */
        NONE,
        /** A data race on a plain field whose harm only a weak memory model shows. */
        RACE,
        /** A data race on a plain field, and a wrong result in some schedules. */
        RACE_WITH_HARM,
        /** A wrong result in some schedules, without a data race. */
        WRONG_RESULT,
        /** Some schedules never end. */
        HANG
    }

    /** One run of a program. */
    @FunctionalInterface
    public interface Run {
        /** Runs it on a fresh instance. */
        void once() throws Exception;
    }

    private final String label;
    private final Flaw flaw;
    private final Run run;

    Subject(String label, Flaw flaw, Run run) {
        this.label = label;
        this.flaw = flaw;
        this.run = run;
    }

    /** Returns the name of the program. */
    public String label() {
        return label;
    }

    /** Returns what is wrong with the program. */
    public Flaw flaw() {
        return flaw;
    }

    /** Runs the program once, on a fresh instance. */
    public void run() throws Exception {
        run.once();
    }

    /** Returns the program with the given name, in any case. */
    public static Optional<Subject> named(String name) {
        for (Subject subject : values()) {
            if (subject.label.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(subject);
            }
        }
        return Optional.empty();
    }
}
