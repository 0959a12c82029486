package org.concurrentharness.samples.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.junit5.TestGroup;
import org.junit.jupiter.api.Test;

@TestGroup("schema")
class SchemaTests {
    @Test
    void createsTables(@SharedFixture(Shop.ForAll.class) Shop shop) {
        shop.createTable("items");
        assertThat(shop.table("items")).isEmpty();
    }
}
