package org.concurrentharness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrentharness.explore.TraceStep;

/** A trace in the making. */
final class Trace {
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
                "com.acme." + file.replace(".java", ""),
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
        TraceStep s = last();
        return last(true, s.blocked(), s.locks(), s.after());
    }

    Trace blocked() {
        TraceStep s = last();
        return last(s.preempted(), true, s.locks(), s.after());
    }

    Trace locks(String... locks) {
        TraceStep s = last();
        return last(s.preempted(), s.blocked(), List.of(locks), s.after());
    }

    Trace after(Integer... numbers) {
        TraceStep s = last();
        return last(s.preempted(), s.blocked(), s.locks(), List.of(numbers));
    }

    private TraceStep last() {
        return steps.get(steps.size() - 1);
    }

    private Trace last(boolean preempted, boolean blocked, List<String> locks, List<Integer> after) {
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
                locks,
                after));
        return this;
    }
}
