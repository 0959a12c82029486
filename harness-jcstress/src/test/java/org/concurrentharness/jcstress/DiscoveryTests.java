package org.concurrentharness.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.concurrentharness.jcstress.subjects.Counted;
import org.concurrentharness.jcstress.subjects.LostUpdate;
import org.concurrentharness.jcstress.subjects.Nest;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor.Type;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Found through a launcher, as builds and IDEs do it. */
class DiscoveryTests {
    private static final String SUBJECTS = LostUpdate.class.getPackageName();
    private static final String LOST_UPDATE = "[engine:harness-jcstress]/[class:" + LostUpdate.class.getName() + "]";

    private static TestPlan plan(
            UnaryOperator<LauncherDiscoveryRequestBuilder> filters, DiscoverySelector... selectors) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines(JcstressEngine.ID));
        return LauncherFactory.create().discover(filters.apply(request).build());
    }

    /** Returns the names of the classes found, in order. */
    private static List<String> classes(
            UnaryOperator<LauncherDiscoveryRequestBuilder> filters, DiscoverySelector... selectors) {
        TestPlan plan = plan(filters, selectors);
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(suite -> plan.getChildren(suite).stream().anyMatch(TestIdentifier::isTest))
                .map(suite -> suite.getSource().map(ClassSource.class::cast).orElseThrow())
                .map(ClassSource::getClassName)
                .sorted()
                .toList();
    }

    private static List<String> classes(DiscoverySelector... selectors) {
        return classes(UnaryOperator.identity(), selectors);
    }

    @Test
    void aTestIsAContainerOfAClassWithATestOfAMethod() {
        TestPlan plan = plan(UnaryOperator.identity(), selectClass(LostUpdate.class));
        TestIdentifier engine = plan.getRoots().iterator().next();

        TestIdentifier suite = plan.getChildren(engine).iterator().next();
        assertThat(suite.getType()).isEqualTo(Type.CONTAINER);
        assertThat(suite.getSource()).contains(ClassSource.from(LostUpdate.class));
        assertThat(suite.getDisplayName()).isEqualTo("LostUpdate");

        assertThat(plan.getChildren(suite)).singleElement().satisfies(test -> {
            assertThat(test.getType()).isEqualTo(Type.TEST);
            assertThat(test.getSource()).contains(MethodSource.from(LostUpdate.class.getName(), "first"));
            assertThat(test.getDisplayName()).isEqualTo("first()");
        });
    }

    @Test
    void classesAreFoundWithTheNestedOnes() {
        assertThat(classes(selectClass(LostUpdate.class))).containsExactly(LostUpdate.class.getName());
        assertThat(classes(selectClass(Nest.class)))
                .containsExactly(Nest.Ending.class.getName(), Nest.Twig.Deep.class.getName());
        assertThat(classes(selectNestedClass(List.of(Nest.class), Nest.Ending.class)))
                .containsExactly(Nest.Ending.class.getName());
        assertThat(classes(selectClass(DiscoveryTests.class))).isEmpty();
    }

    @Test
    void packagesAndRootsAreSearched() throws URISyntaxException {
        assertThat(classes(selectPackage(SUBJECTS)))
                .contains(LostUpdate.class.getName(), Counted.class.getName(), Nest.Twig.Deep.class.getName())
                .doesNotHaveDuplicates();
        Path root = Path.of(LostUpdate.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(classes(selectClasspathRoots(Set.of(root)).toArray(DiscoverySelector[]::new)))
                .contains(LostUpdate.class.getName(), Nest.Ending.class.getName())
                .doesNotHaveDuplicates();
    }

    @Test
    void anyMethodSelectsItsTest() {
        assertThat(classes(selectMethod(LostUpdate.class, "second"))).containsExactly(LostUpdate.class.getName());
        assertThat(classes(selectNestedMethod(List.of(Nest.class), Nest.Ending.class, "tells")))
                .containsExactly(Nest.Ending.class.getName());
    }

    @Test
    void uniqueIdsAreFoundAgain() {
        assertThat(classes(selectUniqueId(LOST_UPDATE))).containsExactly(LostUpdate.class.getName());
        assertThat(classes(selectUniqueId(LOST_UPDATE + "/[method:first]")))
                .containsExactly(LostUpdate.class.getName());
    }

    @Test
    void filtersOfNamesAreHonoured() {
        assertThat(classes(request -> request.filters(includeClassNamePatterns(".*Update")), selectPackage(SUBJECTS)))
                .containsExactly(LostUpdate.class.getName());
        assertThat(classes(request -> request.filters(excludeClassNamePatterns(".*Nest")), selectClass(Nest.class)))
                .isEmpty();
    }

    @Test
    void nestedClassesAreFoundThoughABuildLeavesTheirNamesOut() {
        assertThat(classes(request -> request.filters(excludeClassNamePatterns(".*\\$.*")), selectClass(Nest.class)))
                .containsExactly(Nest.Ending.class.getName(), Nest.Twig.Deep.class.getName());
    }

    @Test
    void tagsAreThoseOfTheClassAndOfThoseAround() {
        assertThat(classes(request -> request.filters(includeTags("slow")), selectPackage(SUBJECTS)))
                .containsExactly(LostUpdate.class.getName());
        assertThat(classes(request -> request.filters(includeTags("nested")), selectPackage(SUBJECTS)))
                .containsExactly(Nest.Ending.class.getName(), Nest.Twig.Deep.class.getName());
        assertThat(classes(request -> request.filters(includeTags("deep")), selectPackage(SUBJECTS)))
                .containsExactly(Nest.Twig.Deep.class.getName());
    }
}
