package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of pages in a real browser. Without one they are skipped; with {@code -Dbrowser.required=true}, as CI runs them, they fail. With
 * {@code -Dbrowser.screenshots=<directory>} they leave pictures of the pages to look at.
 */
abstract class InBrowser {
    static final String FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

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
            browser = null;
        }
    }

    @AfterEach
    void closeTabs() {
        if (browser != null) {
            browser.closeTabs();
        }
    }

    static Browser.Tab open(Path page, int width, boolean dark) {
        if (browser == null) {
            throw new IllegalStateException("no browser");
        }
        return browser.open(page, width, 900, dark);
    }

    static void assertReadable(Browser.Tab tab) {
        assertThat(tab.text("(" + Page.resource("contrast.js") + ")()"))
                .as("texts of too little contrast")
                .isEmpty();
    }

    static void screenshot(Browser.Tab tab, String name) throws IOException {
        String directory = System.getProperty("browser.screenshots", "");
        if (!directory.isEmpty()) {
            tab.screenshot(Files.createDirectories(Path.of(directory)).resolve(name + ".png"));
        }
    }
}
