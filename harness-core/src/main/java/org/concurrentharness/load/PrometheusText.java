package org.concurrentharness.load;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The meters of a load as text in Prometheus' exposition format 0.0.4, without its registry. */
final class PrometheusText {
    /** One metric: the lines of its samples belong together. */
    private record Family(String type, String help, List<String> samples) {}

    private final Map<String, Family> families = new TreeMap<>();

    private PrometheusText() {}

    static String of(LoadResult result) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try {
            LoadMeters.of(result).register(registry, result.name());
            PrometheusText text = new PrometheusText();
            registry.getMeters().forEach(text::add);
            return text.text();
        } finally {
            registry.close();
        }
    }

    private void add(Meter meter) {
        Meter.Id id = meter.getId();
        String name = name(id.getName());
        String unit = id.getBaseUnit() == null ? "" : "_" + name(id.getBaseUnit());
        if (meter instanceof FunctionCounter counter) {
            add(name + "_total", "counter", id, "", counter.count());
        } else if (meter instanceof FunctionTimer timer) {
            add(name + "_seconds", "summary", id, "_count", timer.count());
            add(name + "_seconds", "summary", id, "_sum", timer.totalTime(TimeUnit.SECONDS));
        } else if (meter instanceof Gauge gauge) {
            add(name + unit, "gauge", id, "", gauge.value());
        }
    }

    private void add(String name, String type, Meter.Id id, String end, double value) {
        String help = id.getDescription() == null ? "" : id.getDescription();
        families.computeIfAbsent(name, each -> new Family(type, help, new ArrayList<>()))
                .samples()
                .add(name + end + labels(id.getTags()) + " " + number(value));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(family.help(), false))
                    .append('\n');
            text.append("# TYPE ")
                    .append(name)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            family.samples().stream()
                    .sorted()
                    .forEach(sample -> text.append(sample).append('\n'));
        });
        return text.toString();
    }

    private static String labels(List<Tag> tags) {
        List<String> labels = new ArrayList<>();
        tags.forEach(tag -> labels.add(name(tag.getKey()) + "=\"" + escaped(tag.getValue(), true) + "\""));
        return labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
    }

    /** Names are of letters, digits and underscores, and do not begin with a digit. */
    private static String name(String name) {
        String safe = name.replaceAll("[^a-zA-Z0-9_]", "_");
        return safe.isEmpty() || Character.isDigit(safe.charAt(0)) ? "_" + safe : safe;
    }

    private static String escaped(String text, boolean quotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value); // and "NaN", as the format has it
    }
}
