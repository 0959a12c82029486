package com.acme;

import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.Test;

@TestGroup("schema")
class SchemaTest {
    @Test
    void creates(TestContext context) {
        context.put("table", "accounts");
    }
}
