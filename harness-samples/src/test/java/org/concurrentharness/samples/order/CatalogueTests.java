package org.concurrentharness.samples.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.Test;

/** Comes before {@link SchemaTests} by its name, and runs after it. */
@TestGroup("catalogue")
@DependsOn(groups = "schema")
class CatalogueTests {
    @SharedFixture(Shop.ForAll.class)
    private Shop shop;

    @Test
    void addsBooks(TestContext context) {
        shop.table("items").put("book", 12);
        context.put("best-seller", "book");
    }

    @Test
    void addsPens() {
        shop.table("items").put("pen", 3);
    }

    @Test
    @DependsOn(tests = {"addsBooks", "addsPens"})
    void listsEverything() {
        assertThat(shop.table("items")).containsKeys("book", "pen");
    }
}
