package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Failure;
import org.concurrentharness.explore.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages about campaigns, and the summary of a run. */
class ReportPageTests extends InBrowser {
    /** What the stories about a counter are about; {@code <b>} is no markup. */
    private static final String SOURCE = """
            package com.acme;

            import java.util.concurrent.locks.Lock;

            /** Counts <b>everything</b>. */
            class Counter {
                private int value;

                Counter() {}

                void increment() {
                    value++;
                }
            }

            class Statistics {
                private final Counter counter;
                private long asked;

                void count() {
                    synchronized (this) {
                        counter.increment();
                    }
                }
            }

            class Worker implements Runnable {
                public void run() { count(); }

                private void count() {
                    lock.lock();
                    counter.increment();
                    lock.unlock();
                }
            }

            class CounterTests {
                @ConcurrentTest
                void countsBoth() throws InterruptedException {
                    first.start();
                    second.start();

                    first.join();
                    second.join();
                    assertThat(counter.value()).isEqualTo(2);
                }
            }
            """;

    static Stream<FailureStory> stories() {
        return Stream.of(
                Stories.dataRace(),
                Stories.exception(),
                Stories.deadlock(),
                Stories.livelock(),
                Stories.leakedThread(),
                Stories.notControlled(),
                Stories.hostile(
                        "</script><script>document.title='broken'</script><img src=x onerror=\"document.title='broken'\">",
                        new Trace("A.java", "</style><b>", "other")
                                .step(0, 1, "<b>", "</script>", "<script>")
                                .step(1, 1, "&amp;", "'", "\"")));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void everyPageShowsItselfWithoutAnErrorAndWithoutTheNetwork(FailureStory story) throws IOException {
        Path page = page(story);
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {360, 1200}) {
                Browser.Tab tab = open(page, width, dark);

                screenshot(tab, ReportFiles.baseName(story.test()) + "-" + width + (dark ? "-dark" : ""));
                assertThat(tab.text("document.querySelector('h1').innerText").replace("\n", "."))
                        .isEqualTo(story.test().replace("#", "."));
                assertThat(tab.text("document.title")).isEqualTo("FAILED " + story.test());
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
    void stepsByKeyboardFromAnywhereAndInTheList() throws IOException {
        Browser.Tab tab = open(page(Stories.dataRace()), 1200, false);
        assertThat(step(tab)).as("begins at the race").isEqualTo("Step 9 of 13");

        tab.press("ArrowRight");
        assertThat(step(tab)).isEqualTo("Step 10 of 13");
        tab.press("ArrowLeft");
        tab.press("ArrowLeft");
        assertThat(step(tab)).isEqualTo("Step 8 of 13");

        tabTo(tab, "lanes");
        tab.press("End");
        assertThat(step(tab)).isEqualTo("Step 13 of 13");
        tab.press("ArrowDown");
        assertThat(step(tab)).as("there is no next one").isEqualTo("Step 13 of 13");
        tab.press("ArrowUp");
        assertThat(step(tab)).isEqualTo("Step 12 of 13");
        tab.press("Home");
        assertThat(step(tab)).isEqualTo("Step 1 of 13");
        tab.press("ArrowLeft");
        assertThat(step(tab)).as("there is none before").isEqualTo("Step 1 of 13");
        assertThat(tab.text("document.querySelector('[aria-selected=true]').id"))
                .isEqualTo(tab.text("document.getElementById('lanes').getAttribute('aria-activedescendant')"));
        assertThat(tab.text("document.querySelector('[aria-selected=true]').getAttribute('aria-label')"))
                .isEqualTo("Step 1, main: start first, Counter.java:40");
        assertThat(tab.console).isEmpty();
    }

    @Test
    void stepsByButtonsThatTheKeyboardReaches() throws IOException {
        Browser.Tab tab = open(page(Stories.dataRace()), 360, true);

        for (String[] move : new String[][] {
            {"First step", "Step 1 of 13"},
            {"Step forward", "Step 2 of 13"},
            {"Next preemptive switch", "Step 5 of 13"},
            {"Last step", "Step 13 of 13"},
            {"Step back", "Step 12 of 13"}
        }) {
            tab.evaluate("document.querySelector('[aria-label=\"" + move[0] + "\"]').focus()");
            tab.press("Enter");
            assertThat(step(tab)).as(move[0]).isEqualTo(move[1]);
        }
    }

    @Test
    void showsAtEachStepTheSourceTheLocksAndWhatComesBefore() throws IOException {
        Browser.Tab tab = open(page(Stories.dataRace()), 1200, false);

        tab.press("ArrowRight"); // step 10
        for (int i = 10; i > 3; i--) {
            tab.press("ArrowLeft");
        }
        assertThat(tab.text("document.querySelector('.panel .at').innerText")).contains("synchronized (this) {");
        assertThat(tab.text("document.querySelector('.panel').innerText"))
                .contains("Ordered after step 1 of main: start first")
                .contains("src/main/java/com/acme/Counter.java:21");
        assertThat(tab.text("[...document.querySelectorAll('.states tbody tr')].map(row => row.innerText).join('|')"))
                .isEqualTo("main\tat Counter.java:41\t–|first\tat Counter.java:21\tStatistics#1|second\tnot begun\t–");
        tab.press("ArrowRight");
        tab.press("ArrowRight");
        assertThat(tab.text("document.querySelector('.panel').innerText"))
                .contains("Here the scheduler switched: first could have gone on, but second ran.");
    }

    @Test
    void showsBothSidesOfTheRaceWithTheirSourceAndLeadsToTheirSteps() throws IOException {
        Browser.Tab tab = open(page(Stories.dataRace()), 1200, false);

        assertThat(tab.text("document.querySelector('.card.race').innerText"))
                .contains("Counter.value", "write by second", "write by first", "value++;")
                .contains("holding ReentrantLock#1; started at Counter.java:41")
                .contains("Both hold a lock, but not the same one")
                .contains("Mend: Guard every access");
        assertThat(tab.evaluate("document.querySelectorAll('.unordered').length")
                        .asInt())
                .as("the line between the two, and the one in the legend")
                .isEqualTo(3);
        assertThat(tab.evaluate("document.querySelectorAll('.canvas .order').length")
                        .asInt())
                .isEqualTo(4);
        tab.evaluate("document.querySelector('.card.race button').click()");
        assertThat(step(tab)).isEqualTo("Step 7 of 13");
        assertThat(tab.text("document.activeElement.id")).isEqualTo("lanes");
        assertThat(tab.text("document.querySelector('.panel').innerText"))
                .contains("Data race on Counter.value: nothing orders this access and that of first");
    }

    @Test
    void aTraceOfThousandsOfStepsStaysUsable() throws IOException {
        Trace trace = new Trace("Long.java", "main", "a", "b", "c");
        for (int i = 0; i < 20_000; i++) {
            trace.step(i % 4, 10 + i % 50, "AtomicLong.addAndGet", "AtomicLong#1", "" + i * 7);
            if (i % 100 > 90) {
                trace.after(i - 1);
            }
        }
        Browser.Tab tab = open(page(Stories.of(Failure.Kind.EXCEPTION, trace.preempted())), 1200, false);

        tab.evaluate("document.querySelector('.bar input[type=checkbox]')?.click()");
        tab.evaluate("document.getElementById('lanes').focus()");
        tab.press("End");
        assertThat(step(tab)).isEqualTo("Step 20000 of 20000");
        tab.press("ArrowUp");
        tab.evaluate("document.querySelector('.bar input[type=range]').value = '9000'");
        tab.evaluate("document.querySelector('.bar input[type=range]').dispatchEvent(new Event('input'))");
        assertThat(step(tab)).isEqualTo("Step 9001 of 20000");
        tab.drawn();
        assertThat(tab.evaluate("document.querySelectorAll('.row').length").asInt())
                .as("only what can be seen is there")
                .isBetween(10, 200);
        assertThat(tab.text("document.querySelector('[aria-selected=true]').getAttribute('aria-label')"))
                .startsWith("Step 9001, main: AtomicLong#1.addAndGet → 63000");
        assertThat(tab.console).isEmpty();
    }

    @Test
    void hasOtherColoursInTheDark() throws IOException {
        Path page = page(Stories.deadlock());
        String colours =
                "getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.body).color";
        assertThat(open(page, 1200, false).text(colours)).isEqualTo("rgb(255, 255, 255) rgb(31, 35, 40)");
        assertThat(open(page, 1200, true).text(colours)).isEqualTo("rgb(13, 17, 23) rgb(230, 237, 243)");
    }

    @Test
    void showsACampaignThatFoundNothing() throws IOException {
        for (Verdict verdict : List.of(Verdict.PROVED, Verdict.SURVIVED, Verdict.INCONCLUSIVE)) {
            Browser.Tab tab = open(page("com.acme.T#finds", Stories.nothing(verdict)), 360, false);

            screenshot(tab, verdict.name());
            assertThat(tab.text("document.body.innerText"))
                    .contains(verdict.name(), "com.acme\nT#finds", "1,000", "37", "[1, 2]", "990")
                    .contains("Thread pool-1-thread-1 outlived the body.");
            assertThat(tab.evaluate("document.querySelectorAll('.lanes').length")
                            .asInt())
                    .isZero();
            assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
            assertThat(tab.console).isEmpty();
            assertReadable(tab);
        }
    }

    @Test
    void theSummarySortsAndLeadsToThePages() throws IOException {
        Path directory = Files.createTempDirectory(temp, "summary");
        for (FailureStory story : List.of(Stories.dataRace(), Stories.deadlock(), Stories.exception())) {
            FailureReport.publish(story, directory.toString());
            CampaignReport.write(story.test(), Stories.exploration(story), directory.toString());
        }
        CampaignReport.write("a</script>#b%c", Stories.nothing(Verdict.PROVED), directory.toString());
        CampaignReport.write("com.acme.Q#offers", Stories.nothing(Verdict.SURVIVED), directory.toString());
        RunSummary.in(directory).refresh();

        for (int width : new int[] {360, 1200}) {
            for (boolean dark : new boolean[] {false, true}) {
                Browser.Tab tab = open(directory.resolve("index.html"), width, dark);
                screenshot(tab, "summary-" + width + (dark ? "-dark" : ""));
                assertThat(tab.text("document.querySelector('.badge').innerText"))
                        .isEqualTo("3 failed");
                assertThat(tab.evaluate("document.querySelectorAll('tbody tr').length")
                                .asInt())
                        .isEqualTo(5);
                assertThat(tab.evaluate(FITS).asBoolean()).isTrue();
                assertThat(tab.console).isEmpty();
                assertReadable(tab);
            }
        }
        Browser.Tab tab = open(directory.resolve("index.html"), 1200, false);
        String executions =
                "[...document.querySelectorAll('tbody tr')].map(row => row.children[2].innerText).join(' ')";
        assertThat(tab.text(executions)).isEqualTo("1 17 3 1,000 1,000");
        tab.evaluate("[...document.querySelectorAll('th button')][2].click()");
        assertThat(tab.text(executions)).isEqualTo("1,000 1,000 17 3 1");
        tab.evaluate("[...document.querySelectorAll('th button')][2].click()");
        assertThat(tab.text(executions)).isEqualTo("1 3 17 1,000 1,000");
        JsonNode links = tab.evaluate("[...document.querySelectorAll('td a')].map(a => a.href)");
        assertThat(links)
                .hasSize(5)
                .allSatisfy(
                        link -> assertThat(Path.of(URI.create(link.asText()))).exists());
    }

    private static String step(Browser.Tab tab) {
        return tab.text("document.querySelector('.bar output').textContent");
    }

    private static void tabTo(Browser.Tab tab, String id) {
        tab.evaluate("document.activeElement.blur()");
        for (int i = 0; i < 60; i++) {
            tab.press("Tab");
            assertThat(tab.text("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("the focus can be seen")
                    .isNotEqualTo("none");
            if (tab.text("document.activeElement.id").equals(id)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + id);
    }

    private static Path page(FailureStory story) throws IOException {
        return page(story.test(), Stories.exploration(story));
    }

    private static Path page(String test, Exploration exploration) throws IOException {
        Path directory = Files.createTempDirectory(temp, "page");
        Path source = Files.createDirectories(directory.resolve("src/main/java/com/acme"))
                .resolve("Counter.java");
        Files.writeString(source, SOURCE);
        return CampaignReport.write(test, exploration, directory.toString(), directory)
                .files()
                .get(0);
    }
}
