package org.concurrentharness.explore;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Chooses what runs the managed threads. */
final class Carriers {
    private Carriers() {}

    /**
     * A choice.
     *
     * @param kind never AUTO
     * @param refusal why what was asked for is not to be had
     */
    record Choice(CarrierKind kind, Optional<String> refusal) {}

    static Choice choose(CarrierKind asked) {
        int feature = Runtime.version().feature();
        if (asked == CarrierKind.THREADS) {
            return new Choice(CarrierKind.THREADS, Optional.empty());
        }
        if (asked == CarrierKind.AUTO) {
            boolean fibers =
                    feature >= 24 && !debugged() && FiberCarrier.whyNot().isEmpty();
            return new Choice(fibers ? CarrierKind.FIBERS : CarrierKind.THREADS, Optional.empty());
        }
        String refusal = "";
        if (feature < 21) {
            refusal = "JDK " + feature + " has no continuations";
        } else if (debugged()) {
            refusal = "a debugger is attached, and the JVM would crash";
        } else {
            refusal = FiberCarrier.whyNot();
        }
        return refusal.isEmpty()
                ? new Choice(CarrierKind.FIBERS, Optional.empty())
                : new Choice(
                        CarrierKind.THREADS,
                        Optional.of("harness.carrier is \"fibers\", but " + refusal
                                + ". Set it to \"auto\" or \"threads\"; schedules and replay tokens are the same."));
    }

    /** A debugger's agent looks up the current thread by ways that an exchanged identity breaks: the JVM aborts. */
    private static boolean debugged() {
        return Holder.DEBUGGED;
    }

    private static final class Holder {
        static final boolean DEBUGGED = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.contains("jdwp"));
    }

    /** Returns the packages of the JDK that the options want explored inside. */
    static Set<String> jdkPackages(Options options) {
        Set<String> packages = new LinkedHashSet<>();
        for (String name : options.inside()) {
            if (name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("javax.")) {
                packages.add(name);
            }
        }
        return packages;
    }
}
