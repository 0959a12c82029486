package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WordsTests {
    @Test
    void blanksSeparateWords() {
        assertThat(Words.of("  -iters 3\t-v\n")).containsExactly("-iters", "3", "-v");
        assertThat(Words.of("")).isEmpty();
    }

    @Test
    void quotesKeepWordsTogether() {
        assertThat(Words.of("-jvmArgs \"-Xmx1g -Xint\" 'a \"b\"' x''y \"\""))
                .containsExactly("-jvmArgs", "-Xmx1g -Xint", "a \"b\"", "xy", "");
    }

    @Test
    void aQuoteMustBeClosed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Words.of("-jvmArgs \"-Xint"))
                .withMessage("the quote (\") at character 10 is not closed");
    }
}
