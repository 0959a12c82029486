package org.concurrentharness.junit5;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrentharness.fixture.Scope;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Which tests of a run share a fixture of scope {@code GROUP}, and when the last of a group has ended.
 *
 * <p>Tests share a fixture when a group holds them all, itself or in groups that are a part of it. The fixture belongs to the
 * innermost such group. When the groups that ask for it are connected but none holds them all, as may be where a group is a part of
 * several, it belongs to all of those together.
 *
 * <p>Immutable but for the ends of groups, which are guarded by the group. Without JUnit's launcher there is no such thing: then a
 * fixture belongs to the group that asks, and is closed at the end.
 */
final class GroupFixtures {
    /** The runs that go on, the latest last. There is more than one only when a test runs tests. */
    private static final List<GroupFixtures> RUNNING = new CopyOnWriteArrayList<>();

    private final TestPlan plan;
    private final Set<String> ids = new HashSet<>();

    /** Each group, with those that it is said to be a part of. */
    private final Map<String, Set<String>> holders = new TreeMap<>();

    private final Map<String, List<TestIdentifier>> members = new HashMap<>();

    /** The groups whose tests ask for a fixture, directly or through others. */
    private final Map<Class<?>, Set<String>> asking = new HashMap<>();

    private final Map<Set<String>, Owner> owners = new HashMap<>();

    /** The members that end at the latest with a test, or with what holds tests. */
    private final Map<String, List<End>> ends = new HashMap<>();

    /** A member of an owner, which ends. */
    private record End(Owner owner, String member) {}

    /** Reads a plan; no test of it has run. */
    GroupFixtures(TestPlan plan) {
        this.plan = plan;
        jupiters(plan.getRoots().stream()).forEach(root -> read(root, List.of()));
        asking.forEach((type, groups) -> groups.forEach(group -> owner(type, group)));
    }

    void begin() {
        if (!owners.isEmpty()) {
            RUNNING.add(this);
        }
    }

    void end() {
        RUNNING.remove(this);
    }

    /** Returns what a fixture belongs to that a test of a group asks for, if the run of that test is known. */
    static Optional<Owner> owner(ExtensionContext context, Class<?> type, String group) {
        for (int i = RUNNING.size() - 1; i >= 0; i--) {
            GroupFixtures each = RUNNING.get(i);
            if (each.holds(context)) {
                return Optional.ofNullable(
                        each.owners.get(each.labels(each.asking.getOrDefault(type, Set.of()), group)));
            }
        }
        return Optional.empty();
    }

    private boolean holds(ExtensionContext context) {
        for (Optional<ExtensionContext> each = Optional.of(context);
                each.isPresent();
                each = each.get().getParent()) {
            if (each.get().getElement().isPresent() && ids.contains(each.get().getUniqueId())) {
                return true;
            }
        }
        return false;
    }

    private Stream<TestIdentifier> jupiters(Stream<TestIdentifier> among) {
        return among.flatMap(each -> Discovery.isJupiter(each.getUniqueIdObject())
                ? Stream.of(each)
                : jupiters(plan.getChildren(each).stream()));
    }

    /** @param outer the classes that hold it, innermost first */
    private void read(TestIdentifier test, List<AnnotatedElement> outer) {
        ids.add(test.getUniqueId());
        List<AnnotatedElement> elements = new ArrayList<>(outer);
        TestSource source = test.getSource().orElse(null);
        if (source instanceof MethodSource of) {
            add(of.getJavaMethod(), test, elements);
            ask(AskedFixtures.of(of.getJavaClass()).of(of.getJavaMethod()), elements);
        } else if (source instanceof ClassSource of) {
            add(of.getJavaClass(), test, elements);
            ask(AskedFixtures.of(of.getJavaClass()).ofClass().stream(), elements);
        }
        plan.getChildren(test).forEach(child -> read(child, elements));
    }

    private void add(AnnotatedElement element, TestIdentifier test, List<AnnotatedElement> elements) {
        elements.add(0, element);
        for (TestGroup group : AnnotationSupport.findRepeatableAnnotations(element, TestGroup.class)) {
            holders.computeIfAbsent(group.value(), name -> new TreeSet<>()).addAll(List.of(group.in()));
            members.computeIfAbsent(group.value(), name -> new ArrayList<>()).add(test);
        }
    }

    private void ask(Stream<AskedFixtures.Ask> asks, List<AnnotatedElement> elements) {
        asks.forEach(ask -> {
            try {
                ask(ask, elements, new HashSet<>());
            } catch (JUnitException impossible) {
                // FixtureDiscovery has told of it, or the test is disabled.
            }
        });
    }

    private void ask(AskedFixtures.Ask ask, List<AnnotatedElement> elements, Set<Class<?>> seen) {
        Class<?> type = ask.fixture().value();
        Scope scope = ask.fixture().scope();
        if (scope == Scope.RUN || !seen.add(type)) {
            return; // what the run's fixtures need is of the run as well
        }
        // What a class's fixture needs is not needed by one test.
        List<AnnotatedElement> visible =
                scope == Scope.CLASS ? elements.subList(elements.size() - 1, elements.size()) : elements;
        if (scope == Scope.GROUP) {
            asking.computeIfAbsent(type, key -> new TreeSet<>()).add(Fixtures.group(visible, ask.place()));
        }
        Constructor<?> constructor = MadeFixture.constructor(type);
        AskedFixtures.ofParameters(constructor).forEach(next -> ask(next, visible, seen));
    }

    /** Returns a group and all that hold it. */
    private Set<String> withHolders(String group) {
        Set<String> found = new TreeSet<>();
        addWithHolders(group, found);
        return found;
    }

    private void addWithHolders(String group, Set<String> found) {
        if (found.add(group)) {
            holders.getOrDefault(group, Set.of()).forEach(holder -> addWithHolders(holder, found));
        }
    }

    /** Returns the groups that a fixture belongs to: nearly always one. */
    private Set<String> labels(Set<String> groups, String group) {
        Set<String> connected = new TreeSet<>(Set.of(group));
        Set<String> around = withHolders(group);
        for (boolean grown = true; grown; ) {
            grown = false;
            for (String each : groups) {
                Set<String> holding = withHolders(each);
                if (!connected.contains(each) && holding.stream().anyMatch(around::contains)) {
                    connected.add(each);
                    around.addAll(holding);
                    grown = true;
                }
            }
        }
        Set<String> common = new TreeSet<>(around);
        connected.forEach(each -> common.retainAll(withHolders(each)));
        Set<String> innermost = common.stream()
                .filter(each -> common.stream()
                        .allMatch(other ->
                                other.equals(each) || !withHolders(other).contains(each)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!innermost.isEmpty()) {
            return innermost;
        }
        return common.isEmpty() ? connected : common;
    }

    private void owner(Class<?> type, String group) {
        Set<String> labels = labels(Objects.requireNonNull(asking.get(type)), group);
        if (owners.containsKey(labels)) {
            return;
        }
        Owner owner = new Owner(labels);
        owners.put(labels, owner);
        members.forEach((name, tests) -> {
            if (withHolders(name).stream().anyMatch(labels::contains)) {
                owner.groups.add(name);
                tests.forEach(test -> addEnd(test, owner));
            }
        });
    }

    private void addEnd(TestIdentifier member, Owner owner) {
        owner.open.add(member.getUniqueId());
        for (Optional<TestIdentifier> each = Optional.of(member); each.isPresent(); each = plan.getParent(each.get())) {
            ends.computeIfAbsent(each.get().getUniqueId(), id -> new ArrayList<>())
                    .add(new End(owner, member.getUniqueId()));
        }
    }

    /** Closes the fixtures of groups whose last test has ended with this one, or with what holds tests. */
    void ended(TestIdentifier test) {
        List<Owner> last = new ArrayList<>();
        for (End end : ends.getOrDefault(test.getUniqueId(), List.of())) {
            if (end.owner().isLast(end.member())) {
                last.add(end.owner());
            }
        }
        last.sort(Comparator.comparingInt(owner -> owner.groups.size()));
        for (Owner owner : last) {
            // What belongs to a part may need what belongs to the whole; another thread may still be closing it.
            owners.values().stream()
                    .filter(other -> other != owner && other.isWithin(owner))
                    .forEach(Owner::close);
            owner.close();
        }
    }

    /** What a fixture belongs to: a group, or several together. */
    static final class Owner {
        private final Set<String> labels;

        /** These groups and those that are a part of them. */
        private final Set<String> groups = new HashSet<>();

        /** The members that have not ended. Guarded by this, as is what follows. */
        private final Set<String> open = new HashSet<>();

        private final List<Fixtures.Shared> kept = new ArrayList<>();

        Owner(Set<String> labels) {
            this.labels = labels;
        }

        /** Returns what reports call it. */
        String name() {
            return String.join(", ", labels);
        }

        /** Has these fixtures closed with the last test. */
        synchronized void keep(Fixtures.Shared fixtures) {
            if (!kept.contains(fixtures)) {
                kept.add(fixtures);
            }
        }

        private synchronized boolean isLast(String member) {
            return open.remove(member) && open.isEmpty();
        }

        private boolean isWithin(Owner other) {
            return groups.size() < other.groups.size() && other.groups.containsAll(groups);
        }

        private void close() {
            List<Fixtures.Shared> closing;
            synchronized (this) {
                closing = new ArrayList<>(kept);
            }
            closing.forEach(Fixtures.Shared::end);
        }
    }
}
