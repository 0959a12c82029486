package org.concurrentharness.samples.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.Test;

class SalesTests {
    @Test
    @DependsOn(groups = "catalogue")
    void sellsTheBestSeller(TestContext context, @SharedFixture(Shop.ForAll.class) Shop shop) {
        String name = context.get("best-seller", String.class);

        assertThat(shop.table("items").computeIfPresent(name, (item, left) -> left - 1))
                .isEqualTo(11);
    }
}
