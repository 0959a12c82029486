package org.concurrentharness.junit5;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.concurrentharness.explore.CampaignClassLoader;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Program;
import org.concurrentharness.explore.Settings;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The program behind a {@link ConcurrentTest} method. */
final class TestMethodProgram implements Program, AutoCloseable {
    private final TestTarget target;
    private final Options options;
    private final List<String> shared;
    private final String reportDirectory;
    private @Nullable CampaignClassLoader loader;
    private @Nullable CampaignTest test;

    /** Copies of the test whose {@code @AfterAll} methods are still to run. */
    private final List<CampaignTest> open = new ArrayList<>();

    /** What kept an execution from being prepared. */
    private @Nullable Throwable unprepared;

    private int completed;
    private @Nullable TestAbortedException aborted;

    TestMethodProgram(TestTarget target, Options options, Settings settings) {
        this.target = target;
        this.options = options;
        this.shared = settings.shared();
        this.reportDirectory = settings.reportDirectory();
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public String reportDirectory() {
        return reportDirectory;
    }

    @Override
    public ClassLoader loader() {
        CampaignClassLoader current = loader;
        if (current == null) {
            current = new CampaignClassLoader(target.type().getClassLoader(), shared, options.inside());
            loader = current;
        }
        return current;
    }

    @Override
    public Body execution() throws Throwable {
        try {
            if (options.isolate() && test != null) {
                loader = null;
                test = null;
            }
            CampaignTest current = test;
            if (current == null) {
                closeEnded();
                ClassLoader in = loader();
                current = new CampaignTest(in, target, options.threads());
                test = current;
                CampaignTest opened = current;
                open.add(opened);
                within(in, () -> {
                    opened.beforeAll();
                    return null;
                });
            }
            CampaignTest body = current;
            return () -> run(body);
        } catch (Throwable t) {
            unprepared = t;
            throw t;
        }
    }

    private @Nullable Object run(CampaignTest body) throws Throwable {
        try {
            body.run();
            completed++;
        } catch (TestAbortedException e) {
            aborted = e;
        }
        return null;
    }

    /** Runs the {@code @AfterAll} methods of isolated executions that have run. */
    private void closeEnded() throws Exception {
        for (Iterator<CampaignTest> each = open.iterator(); each.hasNext(); ) {
            CampaignTest ended = each.next();
            if (ended.hasRun()) {
                each.remove();
                afterAll(ended);
            }
        }
    }

    /** Runs the {@code @AfterAll} methods. Throws what kept an execution from being prepared, if something did. */
    @Override
    public void close() throws Exception {
        Throwable thrown = unprepared;
        for (CampaignTest each : open) {
            try {
                afterAll(each);
            } catch (Throwable t) {
                if (thrown == null) {
                    thrown = t;
                } else {
                    thrown.addSuppressed(t);
                }
            }
        }
        open.clear();
        if (thrown != null) {
            throw TestMethodProgram.<RuntimeException>unchecked(thrown);
        }
    }

    private static void afterAll(CampaignTest test) throws Exception {
        within(test.loader(), () -> {
            test.afterAll();
            return null;
        });
    }

    /** Passes on that an assumption failed in every execution. */
    void throwIfAlwaysAborted() {
        TestAbortedException abort = aborted;
        if (completed == 0 && abort != null) {
            throw abort;
        }
    }

    private static void within(ClassLoader loader, Callable<@Nullable Void> action) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            action.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the usual way to throw anything
    static <T extends Throwable> T unchecked(Throwable t) throws T {
        throw (T) t;
    }
}
