package org.concurrentharness.linearizability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the calls of a history, one after the other, in which the specification gives the results of the history,
 * and which puts no call before one that had ended when it began.
 *
 * <p>The search is that of Wing and Gong ("Testing and verifying concurrent objects", Journal of Parallel and Distributed
 * Computing 17, 1993) with the memory of Lowe ("Testing for linearizability", Concurrency and Computation: Practice and
 * Experience 29, 2017): a set of calls that were put in order and led to a state is tried once, whatever the order was.
 *
 * <p>A call that has begun and blocks for ever is explained when the specification would block as well in the end, after all
 * calls that have returned; it is taken to have done nothing.
 */
final class Linearization {
    private final SequentialStates specification;
    private final History history;
    private final long[] before;
    private final long returned;
    private final long blocked;
    private final Set<Node> dead = new HashSet<>();
    private final Deque<Integer> order = new ArrayDeque<>();
    private List<Integer> longest = List.of();
    private boolean exists;

    private record Node(long done, int state) {}

    private Linearization(SequentialStates specification, History history, long[] before) {
        this.specification = specification;
        this.history = history;
        this.before = before;
        long isReturned = 0;
        long isBlocked = 0;
        for (int call = 0; call < history.size(); call++) {
            if (history.result(call) >= 0) {
                isReturned |= 1L << call;
            } else if (history.result(call) == Results.BLOCKED) {
                isBlocked |= 1L << call;
            }
        }
        this.returned = isReturned;
        this.blocked = isBlocked;
    }

    /** Searches among the orders that keep what was over before something else began. */
    static Linearization of(SequentialStates specification, History history) {
        return search(specification, history, history.realTimeOrder());
    }

    /**
     * Searches among the orders that keep {@code before}.
     *
     * @param before for each call the set of those that must come before it, as bits
     */
    static Linearization search(SequentialStates specification, History history, long[] before) {
        Linearization search = new Linearization(specification, history, before);
        search.exists = search.from(0, specification.start());
        return search;
    }

    private boolean from(long done, int state) {
        if (done == returned) {
            for (int call = 0; call < history.size(); call++) {
                if ((blocked >> call & 1) != 0 && specification.result(state, call) != Results.BLOCKED) {
                    return false;
                }
            }
            return true;
        }
        Node node = new Node(done, state);
        if (dead.contains(node)) {
            return false;
        }
        for (int call = 0; call < history.size(); call++) {
            if ((done >> call & 1) == 0
                    && (returned >> call & 1) != 0
                    && (before[call] & ~done) == 0
                    && specification.result(state, call) == history.result(call)) {
                order.addLast(call);
                if (order.size() > longest.size()) {
                    longest = List.copyOf(order);
                }
                if (from(done | 1L << call, specification.next(state, call))) {
                    return true;
                }
                order.removeLast();
            }
        }
        dead.add(node);
        return false;
    }

    /** Returns whether there is such an order. */
    boolean exists() {
        return exists;
    }

    /** Returns the order that was found, or the one that explains most of the history. */
    List<Integer> order() {
        return longest;
    }
}
