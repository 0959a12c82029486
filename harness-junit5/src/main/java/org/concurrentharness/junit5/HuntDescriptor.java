package org.concurrentharness.junit5;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** A class that is hunted, a container of its combinations. */
final class HuntDescriptor extends AbstractTestDescriptor {
    static final String CLASS = "class";
    private static final String COMBINATION = "combination";

    /** What stands for the hunt as a whole, where it is impossible. */
    private static final String ITSELF = "@RaceHunt";

    private final Class<?> type;
    private final @Nullable Hunt hunt;
    private final @Nullable JUnitException fault;

    HuntDescriptor(UniqueId parent, Class<?> type, Function<String, Optional<String>> parameters) {
        super(parent.append(CLASS, type.getName()), type.getSimpleName(), ClassSource.from(type));
        this.type = type;
        Hunt possible = null;
        JUnitException impossible = null;
        try {
            possible = Hunt.of(type, parameters);
        } catch (JUnitException e) {
            impossible = e;
        }
        this.hunt = possible;
        this.fault = impossible;
    }

    /** Returns the hunt, if it is possible. */
    Optional<Hunt> hunt() {
        return Optional.ofNullable(hunt);
    }

    /** Returns why the class is not to be hunted now. */
    Optional<String> disabled() {
        return AnnotationSupport.findAnnotation(type, Disabled.class)
                .map(said -> said.value().isBlank() ? type.getName() + " is @Disabled" : said.value());
    }

    /** Adds all combinations. */
    void addAll() {
        hunt().ifPresentOrElse(found -> found.combinations().forEach(this::add), () -> addChild(itself()));
    }

    /** Adds the combination of a unique id, or the test that ran alone, if there is one. */
    void add(String label) {
        if (hunt == null || label.equals(ITSELF)) {
            addAll();
        } else {
            Stream.concat(hunt.combinations().stream(), hunt.tests().stream().map(hunt::alone))
                    .filter(each -> each.label().equals(label))
                    .forEach(this::add);
        }
    }

    private void add(Combination combination) {
        Leaf leaf = leaf(combination);
        if (findByUniqueId(leaf.getUniqueId()).isEmpty()) {
            addChild(leaf);
        }
    }

    /** Returns the test of a combination, which is to be added. */
    Leaf leaf(Combination combination) {
        return new Leaf(this, combination.label(), combination.displayName(), combination.tests(), combination);
    }

    /** Returns a test that stands for the hunt as a whole, which is to be added. */
    Leaf itself() {
        return new Leaf(this, ITSELF, ITSELF, List.of(), null);
    }

    /** Returns why the hunt is impossible, or null. */
    @Nullable
    JUnitException fault() {
        return fault;
    }

    @Override
    public Set<TestTag> getTags() {
        Set<TestTag> tags = new LinkedHashSet<>();
        for (Class<?> each : Hunt.types(type)) {
            AnnotationSupport.findRepeatableAnnotations(each, Tag.class).stream()
                    .filter(tag -> TestTag.isValid(tag.value()))
                    .forEach(tag -> tags.add(TestTag.create(tag.value())));
        }
        return tags;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    /**
     * A combination, or the hunt as a whole. Its source is a method that does not exist: build tools name a test by that, and their
     * filters for methods see it.
     */
    static final class Leaf extends AbstractTestDescriptor {
        private final Set<TestTag> tags;
        private final @Nullable Combination combination;

        private Leaf(
                HuntDescriptor parent,
                String name,
                String displayName,
                List<HuntedTest> tests,
                @Nullable Combination combination) {
            super(
                    parent.getUniqueId().append(COMBINATION, name),
                    displayName,
                    MethodSource.from(parent.type.getName(), name));
            this.combination = combination;
            this.tags = parent.getTags();
            tags.addAll(tests.stream()
                    .flatMap(test -> test.tags().stream())
                    .filter(TestTag::isValid)
                    .map(TestTag::create)
                    .collect(Collectors.toSet()));
        }

        /** Returns the combination; empty for the hunt as a whole. */
        Optional<Combination> combination() {
            return Optional.ofNullable(combination);
        }

        @Override
        public Set<TestTag> getTags() {
            return Set.copyOf(tags);
        }

        @Override
        public Type getType() {
            return Type.TEST;
        }
    }
}
