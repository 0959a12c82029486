package org.concurrentharness.junit5;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.concurrentharness.explore.Actors;
import org.concurrentharness.stress.Stress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;

/** A combination of tests in a campaign's class loader: each execution makes the fixtures, runs the tests together, and closes them. */
final class HuntedTests implements CampaignCopy {
    private final ClassLoader loader;
    private final List<String> names;
    private final FixturePlan fixtures = new FixturePlan();

    /** The classes, the outermost first, and whether the tests share their instances. */
    private final List<Class<?>> types = new ArrayList<>();

    private final boolean[] shared;

    /** What is done for the class: once around the campaign, or in each execution where it has to do with fixtures or instances. */
    private final List<HuntedCall> staticFields = new ArrayList<>();

    private final List<Step> beforeAll = new ArrayList<>();
    private final List<Step> afterAll = new ArrayList<>();
    private final List<Step> beforeThreads = new ArrayList<>();
    private final List<Step> afterThreads = new ArrayList<>();

    /** What each thread does. */
    private final List<Part> parts = new ArrayList<>();

    /** What is done once around the campaign is done with: nothing, or the fixtures that everybody shares. */
    private FixturePlan.Values around;

    private boolean run;

    /**
     * Makes the copies.
     *
     * @param originals the test class, after the classes that enclose it, outermost first
     * @param perClass whether all tests of a class share an instance, where it does not say so itself
     * @param anew whether each execution has fixtures of its own
     */
    HuntedTests(ClassLoader loader, List<Class<?>> originals, Combination combination, boolean perClass, boolean anew)
            throws ReflectiveOperationException {
        this.around = new FixturePlan().none();
        this.loader = loader;
        this.names = combination.threadNames();
        for (Class<?> type : originals) {
            types.add(Class.forName(type.getName(), false, loader));
        }
        shared = new boolean[types.size()];
        boolean within = false;
        for (int level = types.size() - 1; level >= 0; level--) {
            within |= isPerClass(types.get(level), perClass);
            shared[level] = within;
        }
        for (HuntedTest test : combination.tests()) {
            parts.add(new Part(test));
        }
        TestInfo info = parts.get(0).info;
        for (int level = 0; level < types.size(); level++) {
            addFields(level, true, staticFields);
            addAll(level, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN, info, beforeAll);
        }
        for (int level = types.size() - 1; level >= 0; level--) {
            addAll(level, AfterAll.class, HierarchyTraversalMode.BOTTOM_UP, info, afterAll);
        }
        beforeThreads.addAll(takeRepeated(beforeAll, anew));
        afterThreads.addAll(takeRepeated(afterAll, anew));
    }

    /** Returns the stress test of these tests on the fixtures that everybody shares. */
    Stress<@Nullable Object[]> stress(Fixtures existing) throws Throwable {
        FixturePlan.Values values = fixtures.existing(existing);
        around = values;
        for (HuntedCall field : staticFields) {
            field.on(null, values);
        }
        Stress<@Nullable Object[]> stress = Stress.of(() -> begin(values));
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            stress = stress.actor(names.get(i), (instances, outcomes) -> {
                try {
                    part.run(instances.clone(), values);
                } catch (TestAbortedException e) {
                    outcomes.add(StressTestExtension.ABORTED);
                }
            });
        }
        return stress.after(instances -> {
            Throwable thrown = runAll(afterThreads, instances, values, null);
            if (thrown != null) {
                throw thrown;
            }
        });
    }

    private @Nullable Object[] begin(FixturePlan.Values values) {
        @Nullable Object[] instances = new @Nullable Object[types.size()];
        try {
            begin(instances, values);
        } catch (Throwable t) {
            throw TestMethodProgram.<RuntimeException>unchecked(t);
        }
        return instances;
    }

    /** Makes the instances that the tests share, and runs what comes before the tests on them. */
    private void begin(@Nullable Object[] instances, FixturePlan.Values values) throws Throwable {
        parts.get(0).makeInstances(instances, true, values);
        for (Step step : beforeThreads) {
            step.on(instances[step.level()], values);
        }
    }

    private static boolean isPerClass(Class<?> type, boolean unlessSaid) {
        return AnnotationSupport.findAnnotation(type, TestInstance.class)
                .map(said -> said.value() == TestInstance.Lifecycle.PER_CLASS)
                .orElse(unlessSaid);
    }

    /** What has fixtures at hand must run in each execution, since these are of the execution; what is not static as well. */
    private List<Step> takeRepeated(List<Step> steps, boolean anew) {
        List<Step> taken = new ArrayList<>();
        steps.removeIf(step -> (step.ofInstance()
                        || (anew && (!staticFields.isEmpty() || step.call().needsFixture())))
                && taken.add(step));
        return taken;
    }

    private void addFields(int level, boolean ofClass, List<HuntedCall> calls) throws ReflectiveOperationException {
        for (Field field : AnnotationSupport.findAnnotatedFields(
                types.get(level),
                SharedFixture.class,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass,
                HierarchyTraversalMode.TOP_DOWN)) {
            calls.add(HuntedCall.setting(field, fixtures));
        }
    }

    private void addAll(
            int level,
            Class<? extends Annotation> annotation,
            HierarchyTraversalMode mode,
            TestInfo info,
            List<Step> steps)
            throws ReflectiveOperationException {
        for (Method method : AnnotationSupport.findAnnotatedMethods(types.get(level), annotation, mode)) {
            steps.add(new Step(
                    HuntedCall.of(method, false, fixtures, info), level, !Modifier.isStatic(method.getModifiers())));
        }
    }

    /** Returns the copy of a method. */
    private Method copy(Method original) throws ReflectiveOperationException {
        Class<?> type = Class.forName(original.getDeclaringClass().getName(), false, loader);
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isSynthetic() && method.toGenericString().equals(original.toGenericString())) {
                return method;
            }
        }
        throw new NoSuchMethodException(original.toGenericString());
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    @Override
    public boolean hasRun() {
        return run;
    }

    @Override
    public void beforeAll() {
        for (Step step : beforeAll) {
            try {
                step.on(null, around);
            } catch (Throwable t) {
                throw TestMethodProgram.<RuntimeException>unchecked(t);
            }
        }
    }

    @Override
    public void afterAll() {
        Throwable thrown = runAll(afterAll, new @Nullable Object[types.size()], around, null);
        if (thrown != null) {
            throw TestMethodProgram.<RuntimeException>unchecked(thrown);
        }
    }

    @Override
    public void run() throws Throwable {
        run = true;
        FixturePlan.Values values = fixtures.create();
        @Nullable Object[] instances = new @Nullable Object[types.size()];
        Throwable thrown = null;
        try {
            for (HuntedCall field : staticFields) {
                field.on(null, values);
            }
            begin(instances, values);
            together(instances, values);
        } catch (Throwable t) {
            thrown = t;
        }
        thrown = runAll(afterThreads, instances, values, thrown);
        thrown = values.close(thrown);
        if (thrown != null) {
            throw thrown;
        }
    }

    /** What fails in one of the threads fails the execution. What a failing assumption throws there is thrown here. */
    private void together(@Nullable Object[] instances, FixturePlan.Values values) throws InterruptedException {
        @Nullable TestAbortedException[] aborted = {null};
        Object[] ended = Actors.together(names, i -> {
            try {
                parts.get(i).run(instances.clone(), values);
            } catch (TestAbortedException e) {
                aborted[0] = e;
            }
            return null;
        });
        if (ended != null && aborted[0] != null) {
            throw aborted[0];
        }
    }

    private static @Nullable Throwable runAll(
            List<Step> steps, @Nullable Object[] instances, FixturePlan.Values values, @Nullable Throwable before) {
        Throwable thrown = before;
        for (Step step : steps) {
            try {
                step.on(instances[step.level()], values);
            } catch (Throwable t) {
                thrown = CampaignTest.join(thrown, t);
            }
        }
        return thrown;
    }

    /** A method to call on the instance of a level. */
    private record Step(HuntedCall call, int level, boolean ofInstance) {
        void on(@Nullable Object instance, FixturePlan.Values values) throws Throwable {
            Object ignored = call.on(ofInstance ? instance : null, values);
        }
    }

    /** What one thread does: the test on instances of its own, as far as they are not shared. */
    private final class Part {
        final TestInfo info;
        private final List<HuntedCall> constructors = new ArrayList<>();
        private final List<List<HuntedCall>> fields = new ArrayList<>();
        private final List<Step> beforeEach = new ArrayList<>();
        private final List<Step> afterEach = new ArrayList<>();
        private final Step test;

        Part(HuntedTest hunted) throws ReflectiveOperationException {
            int last = types.size() - 1;
            Method method = copy(hunted.method());
            info = new CampaignTestInfo(hunted.displayName(), hunted.tags(), types.get(last), method);
            for (int level = 0; level <= last; level++) {
                constructors.add(HuntedCall.of(
                        types.get(level).getDeclaredConstructors()[0], // JUnit has seen to it that there is one
                        level > 0,
                        fixtures,
                        info));
                List<HuntedCall> ofInstance = new ArrayList<>();
                addFields(level, false, ofInstance);
                fields.add(ofInstance);
                addAll(level, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN, info, beforeEach);
            }
            for (int level = last; level >= 0; level--) {
                addAll(level, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP, info, afterEach);
            }
            test = new Step(HuntedCall.of(method, false, fixtures, info), last, true);
        }

        /** Makes the instances that the tests share, or those that they do not. */
        void makeInstances(@Nullable Object[] instances, boolean ofAll, FixturePlan.Values values) throws Throwable {
            for (int level = 0; level < instances.length; level++) {
                if (shared[level] == ofAll) {
                    Object instance = constructors.get(level).on(level == 0 ? null : instances[level - 1], values);
                    for (HuntedCall field : fields.get(level)) {
                        field.on(instance, values);
                    }
                    instances[level] = instance;
                }
            }
        }

        void run(@Nullable Object[] instances, FixturePlan.Values values) throws Throwable {
            makeInstances(instances, false, values);
            Throwable thrown = null;
            try {
                for (Step step : beforeEach) {
                    step.on(instances[step.level()], values);
                }
                test.on(instances[test.level()], values);
            } catch (Throwable t) {
                thrown = t;
            }
            thrown = runAll(afterEach, instances, values, thrown);
            if (thrown != null) {
                throw thrown;
            }
        }
    }
}
