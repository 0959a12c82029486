package org.concurrentharness.junit5.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.concurrentharness.junit5.Discovery;
import org.concurrentharness.order.TestGraph;
import org.jspecify.annotations.Nullable;

/**
 * The tests that one engine has discovered, with what they say about order.
 *
 * @param rootId the engine's root in the test plan
 * @param ids all of them, and what holds them
 * @param graph the tests, if they have an order
 * @param absent for each test that depends on something that is not among them, what that is
 * @param faults what is wrong with what they say; then there is no graph
 * @param patience how long nothing may happen before it is looked whether something can
 * @param autoRegister whether a test takes a context that nothing registers the extension for
 */
record OrderedTests(
        String rootId,
        Set<String> ids,
        @Nullable TestGraph graph,
        Map<Integer, List<String>> absent,
        List<Discovery.Fault> faults,
        Duration patience,
        boolean autoRegister) {}
