package org.concurrentharness.junit5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.concurrentharness.explore.Actors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.opentest4j.TestAbortedException;

/**
 * A test in a campaign's class loader: method handles for everything that an execution calls, made once, so that an execution
 * needs no reflection.
 */
final class CampaignTest implements CampaignCopy {
    private final ClassLoader loader;

    /** One for each class, outermost first, of type (Object)Object: from the enclosing instance to the instance. */
    private final MethodHandle[] constructors;

    private final List<Step> beforeAll = new ArrayList<>();
    private final List<Step> beforeEach = new ArrayList<>();
    private final List<Step> afterEach = new ArrayList<>();
    private final List<Step> afterAll = new ArrayList<>();

    /** The actors: for each thread what it runs, and under which name and index. */
    private final List<Actor> actors = new ArrayList<>();

    private final List<String> actorNames = new ArrayList<>();
    private final Step body;
    private final List<String> bodyNames;
    private boolean run;

    CampaignTest(ClassLoader loader, TestTarget target, int threads) throws ReflectiveOperationException {
        this.loader = loader;
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type : target.types()) {
            types.add(Class.forName(type.getName(), false, loader));
        }
        int last = types.size() - 1;
        Class<?> testClass = types.get(last);
        Copies copies = new Copies(loader, target);
        Method method = copies.of(target.method());
        Arguments arguments = new Arguments(
                copies, target, new CampaignTestInfo(target.displayName(), target.tags(), testClass, method));
        constructors = new MethodHandle[types.size()];
        for (int level = 0; level <= last; level++) {
            Class<?> type = types.get(level);
            constructors[level] = constructor(type, level > 0, arguments);
            addAll(type, level, BeforeAll.class, HierarchyTraversalMode.TOP_DOWN, beforeAll, arguments);
            addAll(type, level, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN, beforeEach, arguments);
        }
        for (int level = last; level >= 0; level--) {
            Class<?> type = types.get(level);
            addAll(type, level, AfterEach.class, HierarchyTraversalMode.BOTTOM_UP, afterEach, arguments);
            addAll(type, level, AfterAll.class, HierarchyTraversalMode.BOTTOM_UP, afterAll, arguments);
        }
        // Methods of instances (Lifecycle.PER_CLASS): the instance lives for one execution, so they run in each.
        beforeEach.addAll(0, takeInstanceSteps(beforeAll));
        afterEach.addAll(takeInstanceSteps(afterAll));
        for (Method actor : Misuse.actors(testClass)) {
            Step step = step(actor, last, arguments);
            int count = AnnotationSupport.findAnnotation(actor, org.concurrentharness.junit5.Actor.class)
                    .orElseThrow()
                    .threads();
            for (int i = 0; i < count; i++) {
                actors.add(new Actor(step, i, actor.getReturnType() != void.class));
                actorNames.add(threadName(actor, i));
            }
        }
        body = step(method, last, arguments);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            names.add(threadName(method, i));
        }
        bodyNames = Collections.unmodifiableList(names);
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    /** Returns true when an execution has been run. */
    @Override
    public boolean hasRun() {
        return run;
    }

    /** Runs the {@code @BeforeAll} methods. */
    @Override
    public void beforeAll() throws Exception {
        for (Step step : beforeAll) {
            call(step);
        }
    }

    /** Runs the {@code @AfterAll} methods, all of them whatever they throw. */
    @Override
    public void afterAll() throws Exception {
        Throwable thrown = null;
        for (Step step : afterAll) {
            try {
                call(step);
            } catch (Throwable t) {
                thrown = join(thrown, t);
            }
        }
        if (thrown != null) {
            throw TestMethodProgram.<RuntimeException>unchecked(thrown);
        }
    }

    private static void call(Step step) {
        try {
            step.run(null, 0);
        } catch (Throwable t) {
            throw TestMethodProgram.<RuntimeException>unchecked(t);
        }
    }

    /** Runs one execution on a fresh instance. */
    @Override
    public void run() throws Throwable {
        run = true;
        Round round = new Round();
        Throwable thrown = null;
        try {
            round.begin();
            runActorsAndBody(round.instance());
        } catch (Throwable t) {
            thrown = t;
        }
        thrown = round.end(thrown);
        if (thrown != null) {
            throw thrown;
        }
    }

    /** A fresh instance and the enclosing ones, and what is done to it. */
    final class Round {
        private final @Nullable Object[] instances = new @Nullable Object[constructors.length];

        /** Makes the instances, outside of what the {@code @AfterEach} methods follow. */
        Round() throws Throwable {
            Object instance = null;
            for (int i = 0; i < instances.length; i++) {
                instance = (Object) constructors[i].invokeExact(instance);
                instances[i] = instance;
            }
        }

        @Nullable
        Object instance() {
            return instances[instances.length - 1];
        }

        /** Runs the {@code @BeforeEach} methods. */
        void begin() throws Throwable {
            for (int i = 0; i < beforeEach.size(); i++) {
                Step step = beforeEach.get(i);
                Object ignored = step.run(instances[step.level()], 0);
            }
        }

        /** Runs an actor, and returns what it returns. */
        @Nullable
        Object act(int index) throws Throwable {
            Actor actor = actors.get(index);
            return actor.step().run(instance(), actor.index());
        }

        /** Runs the test method as one of its threads. */
        void runBody(int index) throws Throwable {
            Object ignored = body.run(instance(), index);
        }

        /** Runs the {@code @AfterEach} methods. Returns what was thrown before, or what they throw. */
        @Nullable
        Throwable end(@Nullable Throwable before) {
            Throwable thrown = before;
            for (int i = 0; i < afterEach.size(); i++) {
                Step step = afterEach.get(i);
                try {
                    Object ignored = step.run(instances[step.level()], 0);
                } catch (Throwable t) {
                    thrown = join(thrown, t);
                }
            }
            return thrown;
        }
    }

    /** Returns whether an actor returns a value. */
    boolean returns(int actor) {
        return actors.get(actor).returns();
    }

    /** Returns the names of the actors' threads. */
    List<String> actorNames() {
        return actorNames;
    }

    /** Returns the names of the threads that run the test method. */
    List<String> bodyNames() {
        return bodyNames;
    }

    private void runActorsAndBody(@Nullable Object instance) throws Throwable {
        if (!actors.isEmpty()) {
            boolean ended = together(actorNames, i -> {
                Actor actor = actors.get(i);
                actor.step().run(instance, actor.index());
                return null;
            });
            if (!ended) {
                return; // an actor failed, and with it the execution
            }
        }
        if (bodyNames.size() == 1) {
            body.run(instance, 0);
        } else {
            together(bodyNames, i -> {
                body.run(instance, i);
                return null;
            });
        }
    }

    /** Returns true when no thread has failed. What a failing assumption throws in one of them is thrown here. */
    private static boolean together(List<String> names, Actors.Action action) throws InterruptedException {
        @Nullable TestAbortedException[] aborted = {null};
        Object[] ended = Actors.together(names, i -> {
            try {
                return action.run(i);
            } catch (TestAbortedException e) {
                aborted[0] = e;
                return null;
            }
        });
        if (aborted[0] != null && ended != null) {
            throw aborted[0];
        }
        return ended != null;
    }

    /** Returns the first, with the next as suppressed. */
    static Throwable join(@Nullable Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    private static String threadName(Method method, int index) {
        return index == 0 ? method.getName() : method.getName() + "-" + index;
    }

    private static List<Step> takeInstanceSteps(List<Step> steps) {
        List<Step> taken = new ArrayList<>();
        steps.removeIf(step -> step.ofInstance() && taken.add(step));
        return taken;
    }

    private static void addAll(
            Class<?> type,
            int level,
            Class<? extends java.lang.annotation.Annotation> annotation,
            HierarchyTraversalMode mode,
            List<Step> steps,
            Arguments arguments)
            throws ReflectiveOperationException {
        for (Method method : AnnotationSupport.findAnnotatedMethods(type, annotation, mode)) {
            steps.add(step(method, level, arguments));
        }
    }

    private static MethodHandle constructor(Class<?> type, boolean inner, Arguments arguments)
            throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructors()[0]; // JUnit has seen to it that there is one
        constructor.setAccessible(true);
        MethodHandle handle =
                MethodHandles.lookup().unreflectConstructor(constructor).asFixedArity();
        if (inner) {
            handle = arguments.bind(handle, constructor, 1);
        } else {
            handle = MethodHandles.dropArguments(arguments.bind(handle, constructor, 0), 0, Object.class);
        }
        // Of the parameters one is left, and perhaps thread indexes.
        return arguments.dropIndexes(handle).asType(MethodType.methodType(Object.class, Object.class));
    }

    /** Returns the handle of a method with all arguments filled in but the instance and the index. */
    private static Step step(Method method, int level, Arguments arguments) throws ReflectiveOperationException {
        method.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
        boolean ofInstance = !Modifier.isStatic(method.getModifiers());
        if (!ofInstance) {
            handle = MethodHandles.dropArguments(handle, 0, Object.class);
        }
        handle = arguments.bind(handle, method, 1);
        return new Step(
                arguments.oneIndex(handle).asType(MethodType.methodType(Object.class, Object.class, int.class)),
                level,
                ofInstance);
    }

    /** A method to call on the instance of a level. */
    private record Step(MethodHandle handle, int level, boolean ofInstance) {
        @Nullable
        Object run(@Nullable Object instance, int index) throws Throwable {
            return (Object) handle.invokeExact(instance, index);
        }
    }

    /** A thread's part. */
    private record Actor(Step step, int index, boolean returns) {}
}
