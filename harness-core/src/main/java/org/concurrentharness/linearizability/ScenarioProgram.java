package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.concurrentharness.explore.Actors;
import org.concurrentharness.explore.ExecutionFailure;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as the engine explores it: makes the calls, notes what they return and when, and looks for an order that explains it.
 *
 * <p>The beginning of a call is a scheduling point that counts as a write of the history, its end one that counts as a read: what
 * comes before what is a part of the result, so that a search that leaves out equivalent schedules must not leave out those that
 * differ in it. Neither orders anything for the race detector.
 */
final class ScenarioProgram extends Programs.OfCheck {
    static final String MESSAGE = "No order of the operations, one after the other, gives these results.";

    private final Scenario scenario;
    private final SequentialOrders orders;
    private final Results results;
    private final boolean reported;
    private final UnaryOperator<String> token;
    private final List<String> origin;
    private final Subject.Invocation[] calls;
    private final int[] firstOfThread;
    private final boolean mayBlock;

    /** Histories that were looked at, and whether they are explained. */
    private final Map<History, Boolean> seen = new HashMap<>();

    // ---- of the execution; one managed thread runs at a time, so that nothing here needs to be ordered ----

    private final @Nullable Object[] returned;
    private final int[] begun;
    private final int[] ended;
    private final boolean[] finished;
    private final List<Thread> threads = new ArrayList<>();
    private int moment;
    private boolean failed;
    private boolean unexplained;

    /**
     * Creates the program of a scenario.
     *
     * @param orders what the specification does
     * @param results the numbers of the results in {@code orders}
     * @param reported whether a failure is to be told
     * @param token makes a token that says which scenario it was out of one that does not
     * @param origin what a report says about where the scenario came from, a line each
     */
    ScenarioProgram(
            Programs programs,
            Scenario scenario,
            SequentialOrders orders,
            Results results,
            boolean reported,
            UnaryOperator<String> token,
            List<String> origin) {
        super(programs);
        this.scenario = scenario;
        this.orders = orders;
        this.results = results;
        this.reported = reported;
        this.token = token;
        this.origin = List.copyOf(origin);
        this.calls = Programs.bind(programs.subject(), scenario.calls());
        this.mayBlock = orders.blocking() != 0;
        this.returned = new @Nullable Object[calls.length];
        this.begun = new int[calls.length];
        this.ended = new int[calls.length];
        this.finished = new boolean[scenario.threads().size()];
        this.firstOfThread = new int[finished.length + 1];
        firstOfThread[0] = scenario.initial().size();
        for (int i = 0; i < finished.length; i++) {
            firstOfThread[i + 1] = firstOfThread[i] + scenario.threads().get(i).size();
        }
    }

    @Override
    public boolean reported() {
        return reported;
    }

    @Override
    public String token(String schedule) {
        return token.apply(schedule);
    }

    /** Returns how many different histories there were. */
    int histories() {
        return seen.size();
    }

    @Override
    public List<String> description() {
        List<String> lines = new ArrayList<>(new ScenarioText(scenario, history(), results).lines());
        if (unexplained) {
            lines.addAll(Explanation.of(scenario, history(), orders, results));
        }
        lines.addAll(origin);
        return lines;
    }

    // ---- an execution -----------------------------------------------------------------------------------------------

    @Override
    @Nullable
    Object run() throws Throwable {
        Arrays.fill(returned, null);
        Arrays.fill(begun, History.NEVER);
        Arrays.fill(ended, History.NEVER);
        Arrays.fill(finished, false);
        moment = 0;
        failed = false;
        unexplained = false;
        Object instance = programs.subject().create();
        for (int call = 0; call < firstOfThread[0]; call++) {
            make(call, instance);
        }
        together(instance);
        if (failed) {
            return null; // the execution has failed, with what a thread has thrown
        }
        boolean quiescent = allFinished();
        if (quiescent) {
            for (int call = firstOfThread[finished.length]; call < calls.length; call++) {
                make(call, instance);
            }
        }
        History history = history();
        if (!isExplained(history)) {
            unexplained = true;
            if (!quiescent) {
                return deadlock();
            }
            throw new ExecutionFailure(Failure.Kind.NOT_LINEARIZABLE, MESSAGE);
        }
        programs.subject().end(instance, quiescent);
        return null;
    }

    private void together(Object instance) throws InterruptedException {
        threads.clear();
        for (int i = 0; i < finished.length; i++) {
            int index = i;
            Thread thread = new Thread(() -> runThread(index, instance), ScenarioText.threadName(i));
            thread.setDaemon(mayBlock); // where the specification blocks as well, nobody waits for it
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (int i = 0; i < finished.length; i++) {
            // Thread.join is a synchronized method on JDK 17; time passes only when nobody can go on
            Probe.join(threads.get(i), mayBlock ? SpecificationProgram.FOR_EVER_MILLIS : 0, 0);
            if (!finished[i]) {
                return;
            }
        }
    }

    private void runThread(int thread, Object instance) {
        try {
            for (int call = firstOfThread[thread]; call < firstOfThread[thread + 1]; call++) {
                Probe.volatileWrite(this, 0);
                make(call, instance);
                if (Actors.unwinding()) {
                    return;
                }
                Probe.volatileRead(this, 0);
            }
            finished[thread] = true;
        } catch (Throwable t) {
            failed = true;
            throw SpecificationProgram.unchecked(t);
        }
    }

    private void make(int call, Object instance) throws Throwable {
        begun[call] = ++moment;
        Object result = calls[call].on(instance);
        if (Actors.unwinding()) {
            return; // what blocked for ever ends with the execution, by whatever its finally blocks throw
        }
        returned[call] = result;
        ended[call] = ++moment;
    }

    private boolean allFinished() {
        for (boolean each : finished) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    /** Waits without a limit for what never ends: the engine tells best who waits for whom. */
    private @Nullable Object deadlock() throws InterruptedException {
        for (Thread thread : threads) {
            Probe.join(thread, 0, 0);
        }
        throw new IllegalStateException("threads that waited for ever have ended");
    }

    private History history() {
        int[] numbers = new int[calls.length];
        for (int call = 0; call < numbers.length; call++) {
            numbers[call] = ended[call] != History.NEVER
                    ? results.number(returned[call])
                    : begun[call] != History.NEVER ? Results.BLOCKED : Results.NONE;
        }
        return new History(numbers, begun, ended);
    }

    private boolean isExplained(History history) {
        Boolean known = seen.get(history);
        if (known == null) {
            known = Linearization.of(orders, history).exists();
            seen.put(history, known);
        }
        return known;
    }
}
