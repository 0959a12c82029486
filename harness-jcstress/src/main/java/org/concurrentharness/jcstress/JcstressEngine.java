package org.concurrentharness.jcstress;

import java.util.List;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;

/**
 * Runs {@code @JCStressTest} classes as JUnit tests: each is a container with one test, which fails when an outcome was seen that
 * is forbidden, and when jcstress could not run it. All classes of a run go into one JVM of jcstress's own.
 *
 * <p>{@code harness.jcstress.mode} and {@code harness.jcstress.args}, as system properties or configuration parameters, say how
 * long and in what way; see {@code docs/jcstress.md}.
 *
 * @since 0.1
 */
public final class JcstressEngine implements TestEngine {
    static final String ID = "harness-jcstress";

    /** For the service loader. */
    public JcstressEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Concurrent Harness: jcstress");
        SuiteLists lists = new SuiteLists();
        EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                .addClassContainerSelectorResolver(lists::isSuite)
                .addSelectorResolver(context -> new SuiteResolver(lists, context.getClassNameFilter()))
                .build()
                .resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor engine = request.getRootTestDescriptor();
        EngineExecutionListener listener = request.getEngineExecutionListener();
        listener.executionStarted(engine);
        List<? extends TestDescriptor> nests = engine.getChildren().stream()
                .filter(NestContainer.class::isInstance)
                .toList();
        List<SuiteContainer> suites = engine.getDescendants().stream()
                .filter(SuiteContainer.class::isInstance)
                .map(SuiteContainer.class::cast)
                .toList();
        nests.forEach(listener::executionStarted);
        if (!suites.isEmpty()) {
            new SuiteExecution(request).execute(suites);
        }
        nests.forEach(nest -> listener.executionFinished(nest, TestExecutionResult.successful()));
        listener.executionFinished(engine, TestExecutionResult.successful());
    }
}
