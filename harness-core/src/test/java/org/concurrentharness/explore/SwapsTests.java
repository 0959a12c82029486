package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SwapsTests {
    private final Swaps swaps = new Swaps();
    private final Shadow outer = new Shadow();
    private final Shadow inner = new Shadow();

    @Test
    void whatLinksAHandleSwapsWithinASwap() {
        swaps.begin(outer, 1, 0);
        swaps.begin(inner, 2, 0);
        assertThat(swaps.end(0)).isSameAs(inner);
        assertThat(swaps.mode()).isEqualTo(2);
        assertThat(swaps.end(0)).isSameAs(outer);
        assertThat(swaps.mode()).isEqualTo(1);
        assertThat(swaps.end(0)).isNull();
    }

    @Test
    void theSwapsOfAClassInitialiserAreNotTakenForThoseAroundIt() {
        swaps.begin(outer, 1, 0);
        assertThat(swaps.end(1)).isNull();
        assertThat(swaps.end(0)).isSameAs(outer);
    }

    @Test
    void whatAnInitialiserThatThrewHasLeftIsForgotten() {
        swaps.begin(outer, 1, 0);
        swaps.begin(inner, 2, 1);
        assertThat(swaps.end(0)).isSameAs(outer);
    }

    @Test
    void swapsThatThrewAreForgottenAtSomeTime() {
        for (int i = 0; i < 100; i++) {
            swaps.begin(outer, 1, 0);
        }
        swaps.begin(inner, 2, 0);
        assertThat(swaps.end(0)).isSameAs(inner);
        swaps.clear();
        assertThat(swaps.end(0)).isNull();
    }
}
