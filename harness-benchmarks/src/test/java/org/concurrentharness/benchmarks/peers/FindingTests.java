package org.concurrentharness.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTests {
    @Test
    void aFindingIsReadBackFromAmongOtherOutput() {
        Finding finding = new Finding(true, 1_000, 7, 12.5, 30, 65_536, 40.25, "hangs");

        assertThat(Finding.in("WARNING: something\n" + finding.line() + "\nmore\n"))
                .contains(finding);
    }

    @Test
    void aRemarkStaysOnTheLine() {
        Finding finding = new Finding(false, 0, 0, 1, 1, 1, 1, "two\nlines\tand a tab");

        assertThat(Finding.in(finding.line()).orElseThrow().remark()).isEqualTo("two lines and a tab");
    }

    @Test
    void outputWithoutAFindingHasNone() {
        assertThat(Finding.in("Exception in thread \"main\"\n")).isEmpty();
    }
}
