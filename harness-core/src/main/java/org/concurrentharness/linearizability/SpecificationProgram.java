package org.concurrentharness.linearizability;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.concurrentharness.explore.Actors;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Runs every order of the calls of a scenario on the specification, under the engine: there waiting costs no time, random numbers
 * repeat, and an operation that blocks for ever is seen to do so.
 */
final class SpecificationProgram extends Programs.OfCheck {
    /** In virtual time. When it has passed, whoever still waits does so for ever. */
    static final long FOR_EVER_MILLIS = 365L * 24 * 60 * 60 * 1000;

    /** A time after which neither the second nor the hour nor the day is the same. */
    private static final long ELSEWHERE_MILLIS = 1_234_567_890L;

    private final SequentialOrders orders;
    private final Results results;
    private final Subject.Invocation[] calls;
    /** How often all orders have been run. */
    private int passes;

    private boolean waiting;
    private @Nullable Throwable broken;

    SpecificationProgram(Programs programs, Scenario scenario, SequentialOrders orders, Results results) {
        super(programs);
        this.orders = orders;
        this.results = results;
        this.calls = Programs.bind(programs.specification(), scenario.calls());
    }

    @Override
    public boolean reported() {
        return false;
    }

    /** Returns what the constructor has thrown, or what no operation may throw. */
    @Nullable
    Throwable broken() {
        return broken;
    }

    @Override
    @Nullable
    Object run() throws Throwable {
        // the engine runs a program more often than asked, to see whether it repeats itself; we see that ourselves
        if (passes == 2 || !orders.difference().isEmpty() || broken != null) {
            return null;
        }
        if (passes == 1) {
            orders.again();
            beElsewhere();
        }
        while (orders.begin() && broken == null) {
            waiting = false;
            Thread worker = new Thread(this::work, "specification");
            worker.setDaemon(true); // what it blocks in outlives the execution
            worker.start();
            Probe.join(worker, FOR_EVER_MILLIS, 0);
            if (waiting) {
                orders.blocked();
            }
        }
        passes++;
        return null;
    }

    /** Moves the clock and the random sequences on: who returns what they give returns something else in the second pass. */
    private void beElsewhere() throws InterruptedException {
        Probe.sleep(ELSEWHERE_MILLIS, 0);
        Probe.randomUUID();
        Stream.of(new Random(), new SplittableRandom(), RandomGenerator.getDefault())
                .forEach(RandomGenerator::nextInt);
        Math.random();
    }

    /** Runs orders until all have been run, or one blocks. */
    private void work() {
        while (orders.begin()) {
            Probe.volatileWrite(this, 0); // a step: loops of different orders are not one that never ends
            Object instance;
            try {
                instance = programs.specification().create();
            } catch (Exception e) {
                broken = e;
                return;
            } catch (Throwable t) {
                throw unchecked(t);
            }
            for (int call = orders.call(); call >= 0 && orders.difference().isEmpty(); call = orders.call()) {
                Object result;
                try {
                    waiting = true;
                    result = calls[call].on(instance);
                } catch (Throwable t) {
                    throw unchecked(t);
                }
                if (Actors.unwinding()) {
                    return; // what blocked for ever ends with the execution, by whatever its finally blocks throw
                }
                waiting = false;
                orders.returned(results.numberAtReturn(result));
            }
            try {
                programs.specification().end(instance, false);
            } catch (Throwable t) {
                throw unchecked(t);
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the usual way to throw what is not declared
    static <T extends Throwable> RuntimeException unchecked(Throwable t) throws T {
        throw (T) t;
    }

    /** Returns the calls of an order as text. */
    static String order(List<Call> calls) {
        return calls.isEmpty()
                ? "nothing"
                : String.join(", ", calls.stream().map(Call::toString).toList());
    }
}
