package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.concurrentharness.order.OrderReport;
import org.junit.jupiter.api.Test;

/** The page about the order of tests. */
class OrderPageTests extends InBrowser {
    @Test
    void showsItselfWithoutAnErrorAndWithoutTheNetwork() throws IOException {
        Path page = page(OrderStories.shop());
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {360, 800, 1400}) {
                Browser.Tab tab = open(page, width, dark);

                screenshot(tab, "order-" + width + (dark ? "-dark" : ""));
                assertThat(tab.text("document.querySelector('.badge').innerText"))
                        .isEqualTo("1 failed");
                assertThat(tab.evaluate(FITS).asBoolean())
                        .as("no horizontal scrolling at " + width)
                        .isTrue();
                assertThat(tab.console).isEmpty();
                assertThat(tab.requests).containsExactly(page.toUri().toString());
                assertReadable(tab);
            }
        }
    }

    @Test
    void choosesByKeyboardAlongTheArrowsOfTheGraph() throws IOException {
        Browser.Tab tab = open(page(OrderStories.shop()), 1400, false);
        assertThat(chosen(tab)).as("begins with what failed").isEqualTo("OrderTests#pays");

        tabTo(tab, "graph");
        tab.press("ArrowLeft");
        assertThat(chosen(tab)).isEqualTo("OrderTests#places");
        tab.press("ArrowLeft");
        assertThat(chosen(tab)).as("what was waited for last").isEqualTo("CustomerTests#registers");
        tab.press("ArrowRight");
        assertThat(chosen(tab)).isEqualTo("CustomerTests#renames");
        tab.press("Home");
        assertThat(chosen(tab)).isEqualTo("SchemaTests#createsTables");
        tab.press("End");
        assertThat(chosen(tab)).isEqualTo("ReportTests#listsCancelled");
        assertThat(tab.text("document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
                        + ".getAttribute('aria-label')"))
                .isEqualTo(
                        "ReportTests#listsCancelled, passed, took 788 ms, waited 590 ms for OrderTests#cancels, on the critical path");
        tab.press("Enter");
        assertThat(units(tab))
                .as("its class is one box now")
                .contains("ReportTests · 3")
                .doesNotContain("listsCancelled");
        tab.press("Enter");
        assertThat(units(tab)).contains("listsCancelled");
        assertThat(tab.console).isEmpty();
    }

    @Test
    void choosesByKeyboardInTheTimelineAndInTheTable() throws IOException {
        Browser.Tab tab = open(page(OrderStories.shop()), 1400, true);

        tabTo(tab, "timeline");
        tab.press("Home");
        assertThat(chosen(tab)).isEqualTo("SchemaTests#createsTables");
        tab.press("ArrowRight");
        tab.press("ArrowRight");
        assertThat(chosen(tab)).as("the next one in the same thread").isEqualTo("OrderTests#places");
        tab.press("ArrowDown");
        assertThat(chosen(tab)).as("at about that time in the next one").isEqualTo("CustomerTests#registers");
        assertThat(tab.text("document.getElementById('timeline-here').getAttribute('aria-label')"))
                .isEqualTo(
                        "CustomerTests#registers, passed, took 258 ms, waited 302 ms for SchemaTests#createsIndexes, on the critical"
                                + " path, in worker-2");
        tabTo(tab, "table");
        tab.press("Home");
        assertThat(chosen(tab)).isEqualTo("SchemaTests#createsTables");
        tab.press("ArrowDown");
        assertThat(chosen(tab)).isEqualTo("CacheTests#warmsUp");
        assertThat(tab.text("document.querySelector('#table [aria-selected=true]').id"))
                .isEqualTo(tab.text("document.getElementById('table').getAttribute('aria-activedescendant')"));
        assertThat(tab.console).isEmpty();
    }

    @Test
    void tellsWhyATestDidNotRun() throws IOException {
        Browser.Tab tab = open(page(OrderStories.shop()), 1400, false);

        assertThat(panel(tab)).contains("Because of it did not run", "OrderTests#ships", "ReportTests#sumsUp");
        tab.evaluate(
                "[...document.querySelectorAll('.panel button')].find(b => b.innerText.includes('refunds')).click()");
        assertThat(chosen(tab)).isEqualTo("OrderTests#refunds");
        assertThat(panel(tab))
                .contains("aborted", "because com.acme.shop.OrderTests#pays failed")
                .contains("Waited 241 ms at its gate, at last for", "Did not run because of", "OrderTests#pays");
        assertThat(tab.evaluate("document.querySelectorAll('#graph .edge.stopped').length")
                        .asInt())
                .as("the way of the failure is marked")
                .isOne();
        assertThat(tab.evaluate("document.querySelectorAll('#graph .edge.critical, #timeline .edge.critical').length")
                        .asInt())
                .as("the critical path is marked in both")
                .isEqualTo(2);
    }

    @Test
    void theMouseChoosesWhatItPointsAt() throws IOException {
        Browser.Tab tab = open(page(OrderStories.shop()), 1400, false);

        click(
                tab,
                "timeline",
                "[...document.querySelectorAll('#timeline .bar-name')].find(t => t.textContent === 'warmsUp')");
        assertThat(chosen(tab)).isEqualTo("CacheTests#warmsUp");
        click(
                tab,
                "graph",
                "[...document.querySelectorAll('#graph .unit-name')].find(t => t.textContent === 'evicts')");
        assertThat(chosen(tab)).isEqualTo("CacheTests#evicts");
    }

    @Test
    void theTableFindsFiltersAndSorts() throws IOException {
        Browser.Tab tab = open(page(OrderStories.shop()), 1400, false);
        String names = "[...document.querySelectorAll('#table .canvas .name')].map(n => n.firstChild.data).join(' ')";

        tab.evaluate("(() => { const find = document.querySelector('input[type=search]'); find.value = 'expected 3';"
                + " find.dispatchEvent(new Event('input')); })()");
        assertThat(tab.text(names)).isEqualTo("OrderTests#pays");
        assertThat(tab.text("document.querySelector('.tools output').textContent"))
                .isEqualTo("1 of 25 tests");
        tab.evaluate(
                "(() => { const find = document.querySelector('input[type=search]'); find.value = '';"
                        + " find.dispatchEvent(new Event('input')); document.querySelector('.tools label input[type=checkbox]'); })()");
        tab.evaluate("[...document.querySelectorAll('#table .head button')][2].click()");
        assertThat(tab.text(names))
                .startsWith("ReportTests#listsCancelled OrderTests#places SchemaTests#createsTables");
        tab.evaluate("[...document.querySelectorAll('#table .head button')][2].click()");
        assertThat(tab.text(names)).startsWith("CustomerTests#isDeleted");
    }

    @Test
    void thousandsOfTestsStayUsable() throws IOException {
        Browser.Tab tab = open(page(OrderStories.large(10_000, 5_000)), 1400, false);
        screenshot(tab, "order-large");
        String elements = "document.querySelectorAll('*').length";
        assertThat(tab.evaluate(elements).asInt())
                .as("only what can be seen is there")
                .isLessThan(4_000);

        tab.evaluate("document.getElementById('table').focus()");
        tab.press("End");
        String last = chosen(tab);
        tab.press("ArrowUp");
        assertThat(chosen(tab)).isNotEqualTo(last);
        assertThat(tab.evaluate("document.querySelectorAll('#table .canvas .tr').length")
                        .asInt())
                .isBetween(5, 100);
        tab.evaluate("document.querySelector('[aria-label=\"Show the tests of all classes\"]').click()");
        screenshot(tab, "order-large-expanded");
        assertThat(tab.evaluate(elements).asInt()).isLessThan(4_000);
        tab.evaluate("document.querySelector('[aria-label=\"Zoom in\"]').click()");
        tab.evaluate("document.getElementById('timeline').focus()");
        for (int i = 0; i < 4; i++) {
            tab.evaluate("document.querySelector('[aria-label=\"Zoom in in time\"]').click()");
            tab.press("ArrowRight");
        }
        screenshot(tab, "order-large-zoomed");
        assertThat(tab.evaluate(elements).asInt()).isLessThan(4_000);
        assertThat(tab.console).isEmpty();
    }

    @Test
    void hostileNamesAreTextOnly() throws IOException {
        String hostile =
                "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">";
        Browser.Tab tab = open(page(OrderStories.hostile(hostile)), 360, false);

        assertThat(tab.text("document.title")).isEqualTo("Order of tests");
        assertThat(panel(tab)).contains(hostile);
        assertThat(tab.evaluate("document.querySelectorAll('img').length").asInt())
                .isZero();
        assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
        assertThat(tab.console).isEmpty();
    }

    @Test
    void theSummaryLeadsToThePicturesAndTellsOfFixtures() throws IOException {
        Path directory = Files.createTempDirectory(temp, "summary");
        OrderReports.publish(OrderStories.shop(), directory.toString());
        OrderReports.publish(OrderStories.large(90, 55), directory.toString());
        FixtureRow.addToSummary(
                List.of(new FixtureRow(
                        "com.acme.ServerFixture",
                        "run",
                        Duration.ofMillis(1_200),
                        "main",
                        41,
                        3,
                        Duration.ofMillis(1_100),
                        "worker-2",
                        "closed in 12 ms",
                        false)),
                directory);
        RunSummary.in(directory).refresh();

        for (int width : new int[] {360, 1200}) {
            Browser.Tab tab = open(directory.resolve("index.html"), width, width < 500);
            screenshot(tab, "order-summary-" + width);
            assertThat(tab.text("document.querySelector('.badge').innerText")).isEqualTo("1 failed");
            assertThat(tab.text("document.body.innerText"))
                    .contains("25 tests, 15 dependencies", "The critical path: 6 tests")
                    .contains("com.acme.ServerFixture", "1.2 s", "1.1 s (worker-2)", "closed in 12 ms");
            assertThat(tab.evaluate("[...document.querySelectorAll('td a')].map(a => a.href)"))
                    .hasSize(2)
                    .allSatisfy(link ->
                            assertThat(Path.of(URI.create(link.asText()))).exists());
            assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
            assertThat(tab.console).isEmpty();
            assertReadable(tab);
        }
    }

    private static String chosen(Browser.Tab tab) {
        return tab.text("[...document.querySelector('.panel h3').childNodes].pop().data");
    }

    private static String panel(Browser.Tab tab) {
        return tab.text("document.querySelector('.panel').innerText");
    }

    private static String units(Browser.Tab tab) {
        return tab.text("[...document.querySelectorAll('#graph .unit-name')].map(text => text.textContent).join()");
    }

    /** Clicks at the place of an element, through what lies above it. */
    private static void click(Browser.Tab tab, String id, String element) {
        tab.evaluate(
                "(() => { const r = (" + element + ").getBoundingClientRect(); document.getElementById('" + id
                        + "').dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: r.x + 3, clientY: r.y + 3 })); })()");
        tab.drawn();
    }

    private static void tabTo(Browser.Tab tab, String id) {
        for (int i = 0; i < 120; i++) {
            tab.press("Tab");
            if (tab.text("document.activeElement.id").equals(id)) {
                assertThat(tab.text("getComputedStyle(document.activeElement).outlineStyle"))
                        .as("the focus can be seen")
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + id);
    }

    private static Path page(OrderReport report) throws IOException {
        return OrderReports.publish(
                        report, Files.createTempDirectory(temp, "order").toString())
                .get(0);
    }
}
