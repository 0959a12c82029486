package org.concurrentharness.linearizability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the specification returns for every order of the calls of a scenario. Each order is run from its beginning on an instance
 * of its own, so that the specification need not be copied or compared; orders that begin alike share what they have in common.
 * What is left to be observed is then compared from the end, so that states that nothing tells apart become one.
 *
 * <p>Every order is run twice: a specification that does not do the same both times is none.
 */
final class SequentialOrders implements SequentialStates {
    private final long[] programOrder;
    private final int calls;
    private final Node root;

    /** The order that is being run, from the root. */
    private final List<Node> path = new ArrayList<>();

    private int pass = 1;
    private int running = -1;
    private String difference = "";

    /** After {@link #reduce}: by state and call. */
    private int[][] results = new int[0][];

    private int[][] next = new int[0][];
    private int start;

    /** The calls that were made, and what they did. */
    private final class Node {
        final long done;
        final int[] result = new int[calls];
        final @Nullable Node[] children = new @Nullable Node[calls];
        int completedIn;

        Node(long done) {
            this.done = done;
            Arrays.fill(result, Results.NONE);
        }

        boolean allows(int call) {
            return (done >> call & 1) == 0 && (programOrder[call] & ~done) == 0;
        }

        /** Returns a call after which not all was run in this pass; -1 for none. */
        int open() {
            for (int call = 0; call < calls; call++) {
                if (allows(call) && result[call] != Results.BLOCKED) {
                    Node child = children[call];
                    if (child == null || child.completedIn < pass) {
                        return call;
                    }
                }
            }
            return -1;
        }
    }

    SequentialOrders(Scenario scenario) {
        this.programOrder = scenario.programOrder();
        this.calls = programOrder.length;
        this.root = new Node(0);
    }

    // ---- running all orders -----------------------------------------------------------------------------------------

    /** Begins the next order; false when all have been run in this pass. */
    boolean begin() {
        path.clear();
        path.add(root);
        return root.completedIn < pass && difference.isEmpty();
    }

    /** Returns the call to make next, -1 at the end of the order. */
    int call() {
        running = top().open();
        if (running < 0) {
            complete();
        }
        return running;
    }

    /** Notes what the call returned that {@link #call} has asked for. */
    void returned(int result) {
        Node node = top();
        Node child = node.children[running];
        if (child == null) {
            child = new Node(node.done | 1L << running);
            node.children[running] = child;
            node.result[running] = result;
        } else if (node.result[running] != result) {
            differs(result);
        }
        path.add(child);
    }

    /** Notes that the call blocks that {@link #call} has asked for; the order ends with it. */
    void blocked() {
        Node node = top();
        if (node.children[running] != null) {
            differs(Results.BLOCKED);
        }
        node.result[running] = Results.BLOCKED;
        complete();
    }

    private void differs(int result) {
        difference = running + " " + top().result[running] + " " + result;
    }

    /** Returns the call that has returned two results after the same calls, and the numbers of both; empty when there is none. */
    List<Integer> difference() {
        return difference.isEmpty()
                ? List.of()
                : List.of(difference.split(" ")).stream().map(Integer::valueOf).toList();
    }

    /** Begins the second pass. */
    void again() {
        pass++;
    }

    private void complete() {
        for (int i = path.size() - 1; i >= 0 && path.get(i).open() < 0; i--) {
            path.get(i).completedIn = pass;
        }
    }

    private Node top() {
        return path.get(path.size() - 1);
    }

    // ---- the states -------------------------------------------------------------------------------------------------

    /** Makes states of all that was run. */
    void reduce() {
        Map<List<Integer>, Integer> known = new HashMap<>();
        List<int[]> allResults = new ArrayList<>();
        List<int[]> allNext = new ArrayList<>();
        start = reduce(root, known, allResults, allNext);
        results = allResults.toArray(new int[0][]);
        next = allNext.toArray(new int[0][]);
    }

    private int reduce(Node node, Map<List<Integer>, Integer> known, List<int[]> allResults, List<int[]> allNext) {
        int[] after = new int[calls];
        List<Integer> key = new ArrayList<>(2 * calls);
        for (int call = 0; call < calls; call++) {
            Node child = node.children[call];
            after[call] = child == null ? -1 : reduce(child, known, allResults, allNext);
            key.add(node.result[call]);
            key.add(after[call]);
        }
        Integer state = known.get(key);
        if (state == null) {
            state = allResults.size();
            known.put(key, state);
            allResults.add(node.result);
            allNext.add(after);
        }
        return state;
    }

    @Override
    public int start() {
        return start;
    }

    @Override
    public int result(int state, int call) {
        return results[state][call];
    }

    @Override
    public int next(int state, int call) {
        return next[state][call];
    }

    int states() {
        return results.length;
    }

    /** Returns the calls that block in some order. */
    long blocking() {
        long blocking = 0;
        for (int[] state : results) {
            for (int call = 0; call < calls; call++) {
                if (state[call] == Results.BLOCKED) {
                    blocking |= 1L << call;
                }
            }
        }
        return blocking;
    }

    /** Returns whether a call returns nothing in every order in which it returns. */
    boolean alwaysNothing(int call, Results texts) {
        return Arrays.stream(results).allMatch(state -> state[call] < 0 || texts.isNothing(state[call]));
    }

    /**
     * Returns the results that the given calls have together in the orders that end, as text, sorted; nothing when they are more
     * than {@code most}.
     */
    List<String> possible(List<Integer> shown, Results texts, int most) {
        Set<String> found = new TreeSet<>();
        collect(start, new int[calls], 0, shown, texts, found, most);
        return found.size() > most ? List.of() : List.copyOf(found);
    }

    private void collect(
            int state, int[] given, int depth, List<Integer> shown, Results texts, Set<String> found, int most) {
        if (found.size() > most) {
            return;
        }
        if (depth == calls) {
            found.add(shown.stream().map(call -> texts.text(given[call])).collect(Collectors.joining(", ")));
            return;
        }
        for (int call = 0; call < calls; call++) {
            if (results[state][call] >= 0) {
                given[call] = results[state][call];
                collect(next[state][call], given, depth + 1, shown, texts, found, most);
            }
        }
    }
}
