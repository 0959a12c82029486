package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.concurrentharness.explore.Exploration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages in a real browser. Without one the tests are skipped; with {@code -Dbrowser.required=true}, as CI runs them, they
 * fail. With {@code -Dbrowser.screenshots=<directory>} they leave pictures of the pages to look at.
 */
class ReportPageTests {
    private static final String FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

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

                void count() {
                    synchronized (this) {
                        counter.increment();
                    }
                }
            }

            class Worker implements Runnable {
                public void run() {
                    count();
                }
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

    private static @Nullable Browser browser;

    @TempDir
    static Path temp;

    @BeforeAll
    static void findABrowser() throws IOException {
        Optional<Path> program = Browser.find();
        String mend = "No browser: install Chromium or Chrome, or set CHROME_BIN to one.";
        if (Boolean.getBoolean("browser.required")) {
            assertThat(program).as(mend).isPresent();
        }
        assumeTrue(program.isPresent(), mend);
        browser = Browser.start(program.orElseThrow());
    }

    @AfterAll
    static void closeIt() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

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
                        new Stories.Trace("A.java", "</style><b>", "other")
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

    private static Browser.Tab open(Path page, int width, boolean dark) {
        if (browser == null) {
            throw new IllegalStateException("no browser");
        }
        return browser.open(page, width, 900, dark);
    }

    private static void assertReadable(Browser.Tab tab) {
        assertThat(tab.text("(" + CONTRAST + ")()"))
                .as("texts of too little contrast")
                .isEmpty();
    }

    private static void screenshot(Browser.Tab tab, String name) throws IOException {
        String directory = System.getProperty("browser.screenshots", "");
        if (!directory.isEmpty()) {
            tab.screenshot(Files.createDirectories(Path.of(directory)).resolve(name + ".png"));
        }
    }

    /** Compares the colour of each text with the colour behind it by the formula of WCAG 2, which asks for 4.5. */
    private static final String CONTRAST = """
            () => {
              const parse = (text) => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
              const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
                .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = (element) => {
                for (let each = element; each; each = each.parentElement) {
                  const colour = parse(getComputedStyle(each).backgroundColor);
                  if (colour.length < 4 || colour[3] > 0) return colour;
                }
                return [255, 255, 255];
              };
              const bad = [];
              for (const element of document.querySelectorAll("body *")) {
                const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                if (!own || !element.getClientRects().length || element.disabled) continue;
                const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(behind(element))];
                const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (contrast < 4.5) bad.push(element.tagName + "." + element.className + " " + contrast.toFixed(2));
              }
              return bad.join("\\n");
            }""";
}
