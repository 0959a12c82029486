package org.concurrentharness.explore;

import java.util.List;

/** Runs a schedule twice, with a record of its steps, and says where the two executions part. */
final class FirstDifference {
    /** How many pairs of executions are compared: input that is not controlled may be the same twice. */
    private static final int TRIES = 3;

    private FirstDifference() {}

    /** Returns the first step in which two executions of a schedule differ, as a clause, or an empty text when none was seen. */
    static String find(Exploring exploring, Schedule schedule) throws Throwable {
        for (int i = 0; i < TRIES; i++) {
            Recorder one = exploring.recorder();
            exploring.run(schedule, false, one);
            Recorder other = exploring.recorder();
            exploring.run(schedule, false, other);
            String found = between(one.steps(), other.steps());
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static String between(List<TraceStep> one, List<TraceStep> other) {
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            String a = i < one.size() ? Messages.step(one.get(i)) : "missing";
            String b = i < other.size() ? Messages.step(other.get(i)) : "missing";
            if (!a.equals(b)) {
                return "step " + (i + 1) + " was " + a + " once and " + b + " the next time";
            }
        }
        return "";
    }
}
