package org.concurrentharness.junit5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Settings;
import org.concurrentharness.load.Baseline;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.Latencies;
import org.concurrentharness.load.Load;
import org.concurrentharness.load.LoadFailure;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadOptions;
import org.concurrentharness.load.LoadResult;
import org.concurrentharness.load.Quantity;
import org.concurrentharness.report.LoadReports;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Calls a {@link LoadTest} method again and again where JUnit would call it once. Stateless: one instance serves many tests. */
final class LoadTestExtension implements InvocationInterceptor, ParameterResolver {
    private static final double MILLION = 1e6;
    private static final Pattern NO_TIME = Pattern.compile("0+\\s*(ms|s|m|h)");

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Method called = method.getExecutable();
        Misuse.refuseLoad(context.getRequiredTestClass(), called);
        LoadTest asked = AnnotationSupport.findAnnotation(called, LoadTest.class)
                .orElseThrow(() -> new IllegalStateException("@LoadTest is missing on " + called + "."));
        String name = context.getRequiredTestClass().getName() + "#" + called.getName();
        LoadOptions options;
        LoadLimits limits;
        Optional<Baseline> baseline;
        Load.Spans spans;
        try {
            options = options(asked, context);
            limits = limits(asked);
            baseline = baseline(asked, context);
            spans = Load.Spans.of(new Setting(context).value("spans").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("@LoadTest on " + name + ": " + e.getMessage(), e);
        }
        LoadResult result = Load.of(name, operation(method, options.threads()))
                .options(options)
                .spans(spans)
                .endedBy(TestAbortedException.class::isInstance)
                .run();
        Map<String, String> entries = entries(result);
        String reports = Settings.of(context::getConfigurationParameter).reportDirectory();
        @Nullable
        BaselineComparison comparison =
                baseline.map(each -> each.compare(result, limits)).orElse(null);
        if (comparison != null && !comparison.text().isEmpty()) {
            entries.put("harness.load.baseline", comparison.text());
        }
        LoadReports.Written written = LoadReports.write(result, limits, comparison, reports);
        context.publishReportEntry(entries);
        Publication.attach(written.files(), "load", context);
        try {
            if (comparison == null) {
                result.orThrow(limits);
            } else {
                result.orThrow(limits, comparison);
            }
        } catch (LoadFailure e) {
            throw e.with(written.text());
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        Misuse.refuseLoad(context.getRequiredTestClass(), method.getExecutable());
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        Misuse.refuseLoad(context.getRequiredTestClass(), method.getExecutable());
        throw new AssertionError("a test factory is always refused");
    }

    /** Returns the call of the method with its arguments, of which only the thread's index differs from thread to thread. */
    private static Load.Operation operation(ReflectiveInvocationContext<Method> method, int threads)
            throws IllegalAccessException {
        Method called = method.getExecutable();
        called.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(called);
        if (!Modifier.isStatic(called.getModifiers())) {
            handle = handle.bindTo(method.getTarget().orElseThrow());
        }
        MethodHandle[] calls = new MethodHandle[threads];
        for (int thread = 0; thread < threads; thread++) {
            Object[] arguments = method.getArguments().toArray();
            for (int i = 0; i < arguments.length; i++) {
                if (isThreadIndex(called.getParameters()[i])) {
                    arguments[i] = thread;
                }
            }
            calls[thread] =
                    MethodHandles.insertArguments(handle, 0, arguments).asType(MethodType.methodType(void.class));
        }
        return thread -> {
            calls[thread].invokeExact();
        };
    }

    private static boolean isThreadIndex(java.lang.reflect.Parameter parameter) {
        return parameter.getType() == int.class && AnnotationSupport.isAnnotated(parameter, ThreadIndex.class);
    }

    private static LoadOptions options(LoadTest asked, ExtensionContext context) {
        long seed = Settings.of(context::getConfigurationParameter)
                .over(Options.defaults().seed(asked.seed()))
                .seed();
        Setting set = new Setting(context);
        String rate = set.over("rate", asked.rate());
        return LoadOptions.defaults()
                .threads(set.value("threads").map(text -> threads(text)).orElse(asked.threads()))
                .rate(rate.isBlank() ? 0 : Quantity.rate(set.name("rate"), rate))
                .arrivals(asked.arrivals())
                .warmup(set.warmup(asked.warmup()))
                .duration(set.duration("duration", asked.duration()))
                .timeout(Settings.duration("timeout", asked.timeout()))
                .seed(seed);
    }

    private static int threads(String text) {
        try {
            return Integer.parseInt(text.strip().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "harness.load.threads is \"" + text + "\"; it must be a whole number from 1.", e);
        }
    }

    /** What a run sets over a member. */
    private record Setting(ExtensionContext context) {
        Optional<String> value(String member) {
            return context.getConfigurationParameter("harness.load." + member).filter(text -> !text.isBlank());
        }

        String over(String member, String asked) {
            return value(member).orElse(asked);
        }

        /** Returns what a message calls it. */
        String name(String member) {
            return value(member).isPresent() ? "harness.load." + member : member;
        }

        Duration duration(String member, String asked) {
            return Settings.duration(name(member), over(member, asked));
        }

        /** Unlike other times it may be none. */
        Duration warmup(String asked) {
            String text = over("warmup", asked);
            return text.isBlank() || NO_TIME.matcher(text.strip()).matches()
                    ? Duration.ZERO
                    : duration("warmup", asked);
        }
    }

    private static LoadLimits limits(LoadTest asked) {
        LoadLimits limits = LoadLimits.none().errors(Quantity.share("errors", asked.errors()));
        if (!asked.minThroughput().isBlank()) {
            limits = limits.minThroughput(Quantity.rate("minThroughput", asked.minThroughput()));
        }
        limits = limited(limits, 50, "p50", asked.p50());
        limits = limited(limits, 90, "p90", asked.p90());
        limits = limited(limits, 95, "p95", asked.p95());
        limits = limited(limits, 99, "p99", asked.p99());
        limits = limited(limits, 99.9, "p999", asked.p999());
        return limited(limits, 100, "max", asked.max());
    }

    private static Optional<Baseline> baseline(LoadTest asked, ExtensionContext context) {
        // Read first: a slip shall be told before there is a baseline too.
        Setting set = new Setting(context);
        Baseline.Mode mode = Baseline.Mode.of(set.value("baseline").orElse(""));
        double tolerance = Quantity.share("tolerance", asked.tolerance());
        return asked.baseline().isBlank()
                ? Optional.empty()
                : Optional.of(Baseline.in(Path.of(asked.baseline()))
                        .tolerance(tolerance)
                        .mode(mode)
                        .machine(set.value("machine").orElse("")));
    }

    private static LoadLimits limited(LoadLimits limits, double percentile, String member, String text) {
        return text.isBlank() ? limits : limits.percentile(percentile, Quantity.latency(member, text));
    }

    /** Returns what is told about a result. */
    private static Map<String, String> entries(LoadResult result) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("harness.load.throughput", number(result.throughput()));
        entries.put("harness.load.operations", Long.toString(result.operations()));
        entries.put("harness.load.errors", Long.toString(result.errors()));
        Latencies latencies = result.latencies();
        for (String percentile : List.of("50", "90", "99", "99.9")) {
            entries.put(
                    "harness.load.p" + percentile + ".millis",
                    number(latencies.at(Double.parseDouble(percentile)).toNanos() / MILLION));
        }
        entries.put("harness.load.max.millis", number(latencies.longest().toNanos() / MILLION));
        entries.put("harness.load.report", result.report());
        return entries;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return isThreadIndex(parameter.getParameter());
    }

    /** Only keeps JUnit content: each thread gets its own. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return 0;
    }
}
