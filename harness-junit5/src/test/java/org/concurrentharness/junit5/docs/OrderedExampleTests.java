package org.concurrentharness.junit5.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrentharness.junit5.DependsOn;
import org.concurrentharness.junit5.TestGroup;
import org.concurrentharness.order.IfFailed;
import org.concurrentharness.order.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class OrderedExampleTests {
    @TestGroup("schema")
    static class SchemaTests {
        @Test
        void migrates() {}
    }

    @DependsOn(groups = "schema")
    static class OrdersTests {
        @Test
        void places(TestContext context) {
            context.put("order", 4711);
        }

        @Test
        @DependsOn(tests = "places")
        void ships(TestContext context) {
            int order = context.get("order", Integer.class);
            assertThat(order).isPositive();
        }

        @Test
        @DependsOn(tests = "ships", ifFailed = IfFailed.RUN)
        void cleansUp() {}
    }

    @TestGroup(value = "schema", in = "database")
    static class ViewTests {
        @Test
        void exist() {}
    }

    @DependsOn(groups = "database")
    @DependsOn(tests = "OrdersTests#ships")
    static class ReportTests {
        @Test
        void sums() {}
    }

    @Test
    void runsInOrder() {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        DiscoverySelectors.selectClass(ReportTests.class),
                        DiscoverySelectors.selectClass(OrdersTests.class),
                        DiscoverySelectors.selectClass(ViewTests.class),
                        DiscoverySelectors.selectClass(SchemaTests.class))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher().execute(request, summary);
        }
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(6);
        assertThat(summary.getSummary().getTotalFailureCount()).isZero();
    }
}
