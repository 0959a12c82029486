package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.concurrentharness.load.Baseline;
import org.concurrentharness.load.BaselineComparison;
import org.concurrentharness.load.LoadLimits;
import org.concurrentharness.load.LoadResult;
import org.concurrentharness.load.LoadStories;
import org.junit.jupiter.api.Test;

/** The page about a load. */
class LoadPageTests extends InBrowser {
    private static final LoadLimits LIMITS = LoadLimits.none()
            .percentile(50, Duration.ofMillis(5))
            .percentile(99, Duration.ofMillis(50))
            .percentile(100, Duration.ofSeconds(1))
            .errors(0.001);

    @Test
    void showsItselfWithoutAnErrorAndWithoutTheNetwork() throws IOException {
        Path page = failed();
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {360, 800, 1400}) {
                Browser.Tab tab = open(page, width, dark);
                tab.drawn();

                screenshot(tab, "load-" + width + (dark ? "-dark" : ""));
                assertThat(tab.text("document.querySelector('.badge').innerText"))
                        .isEqualTo("FAILED");
                assertThat(tab.text("document.querySelector('h1').innerText"))
                        .isEqualTo("com.acme.shop\nOrderLoadTests#places");
                assertThat(tab.evaluate(FITS).asBoolean())
                        .as("no horizontal scrolling at " + width)
                        .isTrue();
                assertThat(tab.evaluate(
                                        "[...document.querySelectorAll('.plot')].filter(plot => plot.getBoundingClientRect().right"
                                                + " > document.documentElement.clientWidth).length")
                                .asInt())
                        .as("plots are as wide as there is room at " + width)
                        .isZero();
                assertThat(tab.console).isEmpty();
                assertThat(tab.requests).containsExactly(page.toUri().toString());
                assertReadable(tab);
            }
        }
    }

    @Test
    void tellsWhatWasNotKeptAndTheFigures() throws IOException {
        Browser.Tab tab = open(failed(), 1400, false);

        assertThat(tab.text("document.body.innerText"))
                .contains("p99 was 180 ms; it must be at most 50 ms.")
                .contains("p99 was 180 ms, 2,155 % more than the 8 ms of the baseline; 10 % are tolerated.")
                .contains("open loop, 2,000/s, 16 threads")
                .contains("This JVM used 1.9 of 2 processors")
                .contains("24 operations threw java.net.SocketTimeoutException");
        assertThat(tab.text("[...document.querySelectorAll('[aria-label=\"Compared with the baseline\"] tbody tr')]"
                        + ".map(row => row.children[0].innerText + ' ' + row.lastChild.innerText).join('|')"))
                .isEqualTo("throughput as before|p50 as before|p99 worse");
    }

    @Test
    void drawsTheCurvesAndTheLimitsWhereTheyBelong() throws IOException {
        Browser.Tab tab = open(failed(), 1400, false);
        tab.drawn();
        String plot = "document.querySelector('[aria-label^=\"Latency by percentile, from\"]')";

        assertThat(tab.text("[..." + plot + ".querySelectorAll('.curve')].map(c => c.getAttribute('class')).join()"))
                .isEqualTo("curve latency,curve service,curve baseline");
        assertThat(tab.evaluate(plot + ".querySelectorAll('.limit').length").asInt())
                .isEqualTo(3);
        assertThat(tab.text("[..." + plot + ".querySelectorAll('.limit-name')].map(t => t.textContent).join()"))
                .isEqualTo("p50 ≤ 5 ms,p99 ≤ 50 ms,longest ≤ 1 s");
        assertThat(tab.text("[..." + plot + ".querySelectorAll('.tick.middle')].map(t => t.textContent).join()"))
                .isEqualTo("0 %,50 %,90 %,99 %,99.9 %,99.99 %,percentile");
        assertThat(tab.text("[..." + plot + ".querySelectorAll('.tick.end')].map(t => t.textContent).join()"))
                .isEqualTo("100 µs,1 ms,10 ms,100 ms,1 s");
        assertThat(tab.evaluate(
                                "(() => { const p = " + plot
                                        + ".querySelector('.curve.latency').getAttribute('points').split(' ').map(q => q.split(',').map(Number));"
                                        + " return p.every((q, i) => !i || (q[0] >= p[i-1][0] && q[1] <= p[i-1][1] + 0.2)) && p.length > 40; })()")
                        .asBoolean())
                .as("rises, or is level")
                .isTrue();
        assertThat(tab.evaluate("document.querySelectorAll('rect.column:not(.errors)').length")
                        .asInt())
                .as("one for each second, and one in the legend")
                .isEqualTo(12 + 1);
        assertThat(tab.evaluate("document.querySelectorAll('.drawn rect.column.errors').length")
                        .asInt())
                .isOne();
        assertThat(tab.text("[...document.querySelectorAll('.drawn rect.column title')][7].textContent"))
                .isEqualTo("second 8: 1,400/s, 24 errors");
        assertThat(
                        tab.text(
                                "[...document.querySelectorAll('[aria-label=Percentiles] tbody tr')].map(r => r.textContent).slice(-1)[0]"))
                .startsWith("longest301 ms");
    }

    @Test
    void showsAClosedLoopThatWasTooShortForPlotsOverTime() throws IOException {
        Path directory = Files.createTempDirectory(temp, "load");
        LoadResult result = LoadStories.result(1_000, Duration.ofMillis(10), Duration.ofMillis(40));
        Browser.Tab tab = open(
                LoadReports.publish(result, LoadLimits.none(), directory.toString())
                        .get(0),
                360,
                true);
        tab.drawn();

        screenshot(tab, "load-passed");
        assertThat(tab.text("document.querySelector('.badge').innerText")).isEqualTo("passed");
        assertThat(tab.text("document.body.innerText"))
                .contains("closed loop, 4 threads")
                .doesNotContain("Over time", "Baseline");
        assertThat(tab.evaluate("document.querySelectorAll('.curve').length").asInt())
                .isEqualTo(2);
        assertThat(tab.console).isEmpty();
        assertReadable(tab);
    }

    @Test
    void countsErrorsAmongTheCallsThatWereMade() throws IOException {
        Path directory = Files.createTempDirectory(temp, "behind");
        Path page = LoadReports.publish(LoadStories.behind("behind"), LoadLimits.none(), directory.toString())
                .get(0);
        RunSummary.in(directory).refresh();

        assertThat(open(page, 800, false).text("document.body.innerText")).contains("49.5 % (48 of 97 calls)");
        assertThat(open(directory.resolve("index.html"), 1200, false).text("document.body.innerText"))
                .contains("49.5 %");
    }

    @Test
    void hostileNamesAreTextOnly() throws IOException {
        String hostile =
                "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
        Path directory = Files.createTempDirectory(temp, "load");
        Path page = LoadReports.publish(LoadStories.open(hostile), LoadLimits.none(), directory.toString())
                .get(0);
        Browser.Tab tab = open(page, 360, false);

        assertThat(tab.text("document.title")).isEqualTo(hostile);
        assertThat(tab.evaluate("document.querySelectorAll('img').length").asInt())
                .isZero();
        assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
        assertThat(tab.console).isEmpty();
    }

    @Test
    void theSummaryHasARowWithAPlotForEachLoad() throws IOException {
        Path directory = Files.createTempDirectory(temp, "summary");
        LoadResult fast = LoadStories.result(
                "com.acme.shop.StockLoadTests#reserves",
                LoadStories.CLOSED,
                152_318,
                0,
                Duration.ofNanos(6_120),
                Duration.ofNanos(41_300));
        LoadReports.publish(LoadStories.open(LoadStories.NAME), LIMITS, directory.toString());
        Baseline.in(directory.resolve("b.json")).mode(Baseline.Mode.COMPARE).compare(fast);
        LoadReports.publish(
                fast,
                LoadLimits.none(),
                Baseline.in(directory.resolve("b.json"))
                        .mode(Baseline.Mode.COMPARE)
                        .compare(fast),
                directory.toString());
        RunSummary.in(directory).refresh();

        for (int width : new int[] {360, 1200}) {
            for (boolean dark : new boolean[] {false, true}) {
                Browser.Tab tab = open(directory.resolve("index.html"), width, dark);
                screenshot(tab, "load-summary-" + width + (dark ? "-dark" : ""));
                assertThat(tab.text("document.querySelector('.badge').innerText"))
                        .isEqualTo("1 failed");
                assertThat(tab.text("document.body.innerText"))
                        .contains("152,318/s", "6.12 µs", "as before", "p99 was 180 ms; it must be at most 50 ms.");
                assertThat(tab.evaluate("document.querySelectorAll('td .plot .curve').length")
                                .asInt())
                        .isEqualTo(2);
                assertThat(tab.evaluate("[...document.querySelectorAll('td a')].map(a => a.href)"))
                        .hasSize(2)
                        .allSatisfy(link ->
                                assertThat(Path.of(URI.create(link.asText()))).exists());
                assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
                assertThat(tab.console).isEmpty();
                assertReadable(tab);
            }
        }
    }

    /** A load in an open loop with a baseline: a second was slow, so that p99 is not kept. */
    private static Path failed() throws IOException {
        Path directory = Files.createTempDirectory(temp, "load");
        LoadResult result = LoadStories.open(LoadStories.NAME);
        Baseline baseline = Baseline.in(directory.resolve("baseline.json")).mode(Baseline.Mode.COMPARE);
        baseline.compare(LoadStories.result(
                LoadStories.NAME,
                result.options(),
                1_995,
                0,
                result.latencies().at(50).minusNanos(20_000),
                Duration.ofMillis(8)));
        BaselineComparison comparison = baseline.compare(result);
        List<Path> files = LoadReports.publish(result, LIMITS, comparison, directory.toString());
        return files.get(0);
    }
}
