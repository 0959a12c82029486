package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.Test;

/** Comes first by its name, and runs after the schema. */
@DependsOn(groups = "schema")
class AccountsTest {
    @Test
    @DependsOn(tests = "opens")
    void closes() {}

    @Test
    void opens(TestContext context) {
        assertEquals("accounts", context.get("table", String.class));
        throw new AssertionError("no more accounts");
    }

    @Test
    @DependsOn(tests = "closes", ifFailed = IfFailed.RUN)
    void tidiesUp() {}
}
