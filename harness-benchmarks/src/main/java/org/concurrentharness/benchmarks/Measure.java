package org.concurrentharness.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.concurrentharness.benchmarks.load.BesideWrk;
import org.concurrentharness.benchmarks.peers.SideBySide;
import org.concurrentharness.benchmarks.primitives.Primitives;
import org.concurrentharness.benchmarks.programs.Subject;
import org.concurrentharness.explore.CarrierKind;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Makes the figures of {@code docs/performance.md}: the first argument says which. */
public final class Measure {
    private static final String USAGE =
            "one of: throughput [CARRIER] [STRATEGY] [isolate] [executions=N], bugs [CARRIER] [STRATEGY] [PROGRAM...] [seeds=N]"
                    + " [executions=N], peers [PROGRAM...] [this] [lincheck] [jcstress] [loop] [--quick] [seeds=N] [budget=SECONDS], primitives [CARRIER], growth [CARRIER] [STRATEGY], proofs [PROGRAM...] [CARRIER] [budget=SECONDS] [preemptions=K], memory [CARRIER] [executions=N], heap, start, slowdown, once, skew, order, load [rounds=N] [seconds=N] [connections=N]";

    private Measure() {}

    public static void main(String[] arguments) throws Exception {
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println(Cpu.machine());
        if (System.getProperty("harness.report.dir") == null) {
            System.setProperty("harness.report.dir", target().resolve("harness").toString());
        }
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "throughput" -> Throughput.run(rest);
            case "bugs" -> Bugs.run(rest);
            case "peers" -> peers(rest);
            case "heap" -> HeapGrowth.run(rest);
            case "start" -> FirstCampaign.run(rest);
            case "primitives" -> primitives(rest);
            case "proofs" -> Proofs.run(rest);
            case "memory" -> SearchMemory.run(rest);
            case "growth" -> Growth.run(rest);
            case "slowdown" -> Slowdown.run(rest);
            case "once" ->
                new Runner(new OptionsBuilder()
                                .include(OnceReads.class.getName() + "\\.")
                                .build())
                        .run();
            case "skew" -> StartSkew.run();
            case "order" -> OrderOverhead.run();
            case "load" -> load(rest);
            default -> {
                System.err.println(USAGE);
                System.exit(2);
            }
        }
    }

    private static void primitives(String... words) throws RunnerException {
        CarrierKind carrier = Arguments.of(words).carrier();
        List<CarrierKind> both = Runtime.version().feature() >= 24
                ? List.of(CarrierKind.FIBERS, CarrierKind.THREADS)
                : List.of(CarrierKind.THREADS);
        Primitives.run(
                carrier == CarrierKind.AUTO ? both : List.of(carrier),
                target().resolve("harness").toString());
    }

    private static void load(String... words) throws Exception {
        Arguments arguments = Arguments.of(words, "rounds", "seconds", "connections");
        int connections = arguments.number("connections", 0);
        new BesideWrk(arguments.number("rounds", 5), arguments.number("seconds", 10))
                .run(connections > 0 ? List.of(connections) : List.of(1, 16, 64));
    }

    private static void peers(String... words) throws Exception {
        List<String> tools = SideBySide.words();
        List<String> allowed = new ArrayList<>(tools);
        allowed.addAll(List.of("--quick", "--resume", "seeds", "budget"));
        Arguments arguments = Arguments.of(words, allowed.toArray(String[]::new));
        boolean quick = arguments.has("--quick");
        new SideBySide(
                        arguments.subjects().isEmpty() ? List.of(Subject.values()) : arguments.subjects(),
                        arguments.flags().stream().filter(tools::contains).toList(),
                        arguments.number("seeds", quick ? 3 : 20),
                        arguments.number("budget", 10),
                        target().resolve("peers"),
                        arguments.has("--resume"))
                .run();
    }

    /** Returns the directory of the module that is built, where results are left. */
    static Path target() {
        try {
            Path code = Path.of(Measure.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(code.getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
