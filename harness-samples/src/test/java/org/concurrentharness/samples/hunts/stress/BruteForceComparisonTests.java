package org.concurrentharness.samples.hunts.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs each program with its bug twice, for 20 seconds at most: as a stress test, and in a loop by brute force. Takes some minutes,
 * so it runs with the profile {@code thorough} only. The table is left in {@code target/hunts/stress.txt}.
 *
 * <p>A bug that shows itself in one round of some hundreds is missed now and then by either way. When the stress tests find fewer than
 * the loop, what either of them missed gets two more tries both ways, and the sums of all tries decide. The table is of the first.
 */
@EnabledIfSystemProperty(named = "thorough", matches = "true")
class BruteForceComparisonTests {
    private static final String ROW = "%-13s %-42s %s";
    private static final int MORE_TRIES = 2;

    @Test
    void findsAtLeastAsManyBugsAsTheLoop() throws IOException, InterruptedException {
        Map<Program, Find> stress = new EnumMap<>(Program.class);
        Map<Program, Find> loop = new EnumMap<>(Program.class);
        for (Program program : Program.values()) {
            stress.put(program, Racing.STRESS_TEST.runForked(program));
            loop.put(program, Racing.LOOP.runForked(program));
        }

        String table = table(stress, loop);
        Files.writeString(Path.of("target", "hunts", "stress.txt"), table);
        System.out.println();
        System.out.print(table);
        long stressed = found(stress);
        long looped = found(loop);
        assertThat(stressed).as(table).isPositive();
        if (stressed < looped) {
            for (Program program : Program.values()) {
                if (!stress.get(program).found() || !loop.get(program).found()) {
                    stressed += foundAgain(Racing.STRESS_TEST, program);
                    looped += foundAgain(Racing.LOOP, program);
                }
            }
        }
        assertThat(stressed)
                .as(() -> "found in all tries; of the first:" + System.lineSeparator() + table)
                .isGreaterThanOrEqualTo(looped);
    }

    private static long foundAgain(Racing way, Program program) throws IOException, InterruptedException {
        long found = 0;
        for (int i = 0; i < MORE_TRIES; i++) {
            found += way.runForked(program).found() ? 1 : 0;
        }
        return found;
    }

    private static long found(Map<Program, Find> finds) {
        return finds.values().stream().filter(Find::found).count();
    }

    private static String table(Map<Program, Find> stress, Map<Program, Find> loop) {
        List<String> lines = new ArrayList<>();
        lines.add(row("", "@StressTest: rounds, time", "loop: rounds, time"));
        stress.forEach((program, find) -> {
            lines.add(row(program.bug(), find.toString(), loop.get(program).toString()));
        });
        lines.add(row("found", of(stress), of(loop)));
        lines.add("");
        stress.forEach((program, find) -> {
            lines.add(row(program.bug(), find.what(), loop.get(program).what()));
        });
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String of(Map<Program, Find> finds) {
        return found(finds) + " of " + finds.size();
    }

    private static String row(String program, String stress, String loop) {
        return String.format(Locale.ROOT, ROW, program, stress, loop).stripTrailing();
    }
}
