package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.AgentUnavailableException;
import org.concurrentharness.explore.CampaignClassLoader;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.concurrentharness.explore.Program;
import org.concurrentharness.explore.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** The program behind a {@link ConcurrentTest} method, or behind a combination of tests. */
class TestMethodProgram implements Program {
    private final String name;
    private final Class<?> type;
    private final List<String> toleratedRaces;
    private final CampaignCopy.Maker maker;
    private final Options options;
    private final List<String> shared;
    private final String reportDirectory;
    private @Nullable CampaignClassLoader loader;
    private @Nullable CampaignCopy test;

    /** True when an execution was given {@link #test}. */
    private boolean used;

    /** Copies of the test whose {@code @AfterAll} methods are still to run. */
    private final List<CampaignCopy> open = new ArrayList<>();

    /** What kept an execution from being prepared. */
    private @Nullable Throwable unprepared;

    private int completed;
    private @Nullable TestAbortedException aborted;

    TestMethodProgram(TestTarget target, Options options, Settings settings) {
        this(
                target.name(),
                target.type(),
                toleratedRaces(List.of(target.method())),
                loader -> new CampaignTest(loader, target, options.threads()),
                options,
                settings);
    }

    TestMethodProgram(
            String name,
            Class<?> type,
            List<String> toleratedRaces,
            CampaignCopy.Maker maker,
            Options options,
            Settings settings) {
        this.name = name;
        this.type = type;
        this.toleratedRaces = toleratedRaces;
        this.maker = maker;
        this.options = options;
        this.shared = settings.shared();
        this.reportDirectory = settings.reportDirectory();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> toleratedRaces() {
        return toleratedRaces;
    }

    /** Returns the races that methods tolerate. */
    static List<String> toleratedRaces(List<Method> methods) {
        return methods.stream()
                .flatMap(method -> AnnotationSupport.findAnnotation(method, BenignRace.class).stream())
                .flatMap(benign -> benign.of().length == 0 ? Stream.of("*") : Stream.of(benign.of()))
                .distinct()
                .toList();
    }

    @Override
    public String reportDirectory() {
        return reportDirectory;
    }

    @Override
    public ClassLoader loader() {
        CampaignClassLoader current = loader;
        if (current == null) {
            current = new CampaignClassLoader(type.getClassLoader(), shared, options.inside());
            loader = current;
        }
        return current;
    }

    /**
     * Explores this program and fails as the campaign does.
     *
     * @param publication is told the result, whatever it is
     */
    void explore(Consumer<Exploration> publication) throws Throwable {
        Throwable thrown = null;
        try {
            begin();
            Exploration exploration = Explorer.explore(options, this);
            publication.accept(exploration);
            exploration.orThrow();
            throwIfAlwaysAborted();
        } catch (Throwable t) {
            thrown = t;
        }
        end(thrown);
    }

    /**
     * Makes the campaign's copy of the test and runs its {@code @BeforeAll} methods: before the campaign, so that they may take
     * their time. Does nothing without the agent, since the campaign will say so.
     */
    private void begin() throws Throwable {
        try {
            Agent.install();
        } catch (AgentUnavailableException e) {
            return;
        }
        open();
    }

    @Override
    public Body execution() throws Throwable {
        CampaignCopy current = test;
        if (current == null || (options.isolate() && used)) {
            current = open();
        }
        used = true;
        CampaignCopy body = current;
        return () -> run(body);
    }

    private CampaignCopy open() throws Throwable {
        loader = null;
        used = false;
        closeEnded();
        ClassLoader in = loader();
        try {
            CampaignCopy opened = maker.in(in);
            test = opened;
            open.add(opened);
            within(in, () -> {
                opened.beforeAll();
                return null;
            });
            return opened;
        } catch (Throwable t) {
            unprepared = t;
            throw t;
        }
    }

    private @Nullable Object run(CampaignCopy body) throws Throwable {
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
        for (Iterator<CampaignCopy> each = open.iterator(); each.hasNext(); ) {
            CampaignCopy ended = each.next();
            if (ended.hasRun()) {
                each.remove();
                afterAll(ended);
            }
        }
    }

    /**
     * Runs the {@code @AfterAll} methods at the end.
     *
     * @param thrown what was thrown until then, null for nothing
     * @throws Throwable what kept an execution from being prepared, or {@code thrown}, or what an {@code @AfterAll} method throws
     */
    private void end(@Nullable Throwable thrown) throws Throwable {
        Throwable first = unprepared == null ? thrown : unprepared;
        for (CampaignCopy each : open) {
            try {
                afterAll(each);
            } catch (Throwable t) {
                first = CampaignTest.join(first, t);
            }
        }
        open.clear();
        if (first != null) {
            throw first;
        }
    }

    private static void afterAll(CampaignCopy test) throws Exception {
        within(test.loader(), () -> {
            test.afterAll();
            return null;
        });
    }

    /** Passes on that an assumption failed in every execution. */
    private void throwIfAlwaysAborted() {
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
