package org.concurrentharness.junit5.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.concurrentharness.order.Gates;
import org.concurrentharness.order.Handover;
import org.concurrentharness.order.TestContext;
import org.concurrentharness.order.TestGraph;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One run of ordered tests: their gates, what they hand on, and who may not run. Thread-safe. */
final class OrderRun {
    /** The runs that go on, the latest last. There is more than one only when a test runs tests. */
    private static final List<OrderRun> RUNNING = new CopyOnWriteArrayList<>();

    /** The run that each execution of JUnit Jupiter, known by its root context, belongs to. */
    private static final Map<ExtensionContext, OrderRun> BY_ROOT = new WeakHashMap<>();

    private final OrderedTests tests;
    private final @Nullable Gates gates;
    private final @Nullable Handover handover;

    /** Why a test may not run, or what went wrong at its gate. */
    private final Map<Integer, Verdict> refused = new ConcurrentHashMap<>();

    /**
     * Why a test does not run.
     *
     * @param reason what it did not wait for, or could not
     * @param failure what it fails with; if there is none, it is aborted
     */
    record Verdict(String reason, Optional<RuntimeException> failure) {}

    OrderRun(OrderedTests tests) {
        this.tests = tests;
        TestGraph graph = tests.graph();
        this.gates = graph == null ? null : new Gates(graph, tests.patience());
        this.handover = graph == null ? null : new Handover(graph);
    }

    void begin() {
        RUNNING.add(this);
    }

    void end() {
        RUNNING.remove(this);
        synchronized (BY_ROOT) {
            BY_ROOT.values().removeIf(run -> run == this);
        }
    }

    /** Returns the run that a test belongs to, if there is one. */
    static Optional<OrderRun> of(ExtensionContext context) {
        ExtensionContext root = context.getRoot();
        synchronized (BY_ROOT) {
            OrderRun known = BY_ROOT.get(root);
            if (known == null) {
                known = running(context);
                if (known != null) {
                    BY_ROOT.put(root, known);
                }
            }
            return Optional.ofNullable(known);
        }
    }

    private static @Nullable OrderRun running(ExtensionContext context) {
        List<OrderRun> running = new ArrayList<>(RUNNING);
        for (int i = running.size() - 1; i >= 0; i--) {
            OrderRun run = running.get(i);
            if (run.holds(context) && !BY_ROOT.containsValue(run)) {
                return run;
            }
        }
        return null;
    }

    /** Whether a test, or what holds it other than the engine, is one of this run. */
    private boolean holds(ExtensionContext context) {
        for (ExtensionContext each = context;
                each.getParent().isPresent();
                each = each.getParent().get()) {
            if (tests.ids().contains(each.getUniqueId())) {
                return true;
            }
        }
        return false;
    }

    OrderedTests tests() {
        return tests;
    }

    Optional<Gates> gates() {
        return Optional.ofNullable(gates);
    }

    /** Waits at the gate of a test, if it has one and this has not been done. */
    void pass(ExtensionContext context) {
        OptionalInt found = node(context.getUniqueId());
        if (gates == null || found.isEmpty() || refused.containsKey(found.getAsInt())) {
            return;
        }
        int node = found.getAsInt();
        try {
            gates.pass(node, Compensation::block)
                    .ifPresent(reason -> refused.put(node, new Verdict(reason, Optional.empty())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String message = graph().nodes().get(node).name() + " was interrupted while it waited at its gate.";
            refused.put(node, new Verdict(message, Optional.of(new IllegalStateException(message, e))));
        } catch (RuntimeException e) {
            refused.put(node, new Verdict(String.valueOf(e.getMessage()), Optional.of(e)));
        }
    }

    /** Returns why a test, or what holds it, does not run. */
    Optional<Verdict> verdict(ExtensionContext context) {
        for (Optional<ExtensionContext> each = Optional.of(context);
                each.isPresent();
                each = each.get().getParent()) {
            OptionalInt node = node(each.get().getUniqueId());
            Verdict verdict = node.isEmpty() ? null : refused.get(node.getAsInt());
            if (verdict != null) {
                return Optional.of(verdict);
            }
        }
        return Optional.empty();
    }

    /** Returns what a test depends on and is not in this run. */
    List<String> absent(ExtensionContext context) {
        OptionalInt node = node(context.getUniqueId());
        return node.isEmpty() ? List.of() : tests.absent().getOrDefault(node.getAsInt(), List.of());
    }

    /** Returns what a test, or one of its invocations, sees of what others hand on. */
    TestContext handedTo(ExtensionContext context) {
        for (ExtensionContext each = context; ; each = each.getParent().orElseThrow()) {
            OptionalInt node = node(each.getUniqueId());
            if (node.isPresent()) {
                Handover handedOn = Objects.requireNonNull(handover);
                List<String> absent = tests.absent().getOrDefault(node.getAsInt(), List.of());
                return context.getTestMethod()
                        .flatMap(Annotations::campaign)
                        .map(kind -> handedOn.readOnly(node.getAsInt(), absent, kind))
                        .orElseGet(() -> handedOn.of(node.getAsInt(), absent));
            }
        }
    }

    private OptionalInt node(String id) {
        return gates == null ? OptionalInt.empty() : graph().find(id);
    }

    private TestGraph graph() {
        return Objects.requireNonNull(gates).graph();
    }
}
