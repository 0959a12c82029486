package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.concurrentharness.agent.programs.Inside;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsideTests {
    private final Agent agent = Agent.install();
    private final TestLoader loader = TestLoader.campaign();
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void rewriteJdk() {
        agent.rewriteJdk();
        recorder.accesses = true;
    }

    @AfterEach
    void stayOutside() {
        agent.exploreInside(Set.of());
        assertThat(agent.notRewritten()).isEmpty();
    }

    private @Nullable Object run(Class<?> program) throws Throwable {
        Class<?> copy = loader.loadClass(program.getName());
        Recorder.run(copy, recorder);
        recorder.events.clear();
        return Recorder.run(copy, recorder);
    }

    private List<String> accesses() {
        return recorder.events.stream()
                .filter(event -> !event.startsWith("call") && !event.startsWith("->"))
                .toList();
    }

    @Test
    void locksReportTheStateTheyChange() throws Throwable {
        assertThat(run(Inside.Lock.class)).isEqualTo(false);
        assertThat(accesses())
                .contains("jdk read NonfairSync AbstractQueuedSynchronizer.state")
                .contains("jdk write NonfairSync AbstractQueuedSynchronizer.state")
                .anyMatch(event -> event.matches("update NonfairSync -?\\d+ Unsafe.compareAndSetInt"));
    }

    @Test
    void atomicsReportOneLocationHoweverTheyAccessIt() throws Throwable {
        recorder.expected = Sites.location(AtomicInteger.class.getName(), "value");
        assertThat(run(Inside.Atomic.class)).isEqualTo(1);
        assertThat(accesses())
                .containsExactly(
                        "update AtomicInteger expected Unsafe.getAndAddInt",
                        "jdk read AtomicInteger AtomicInteger.value");
    }

    @Test
    void swapsTellWhetherTheyDidIt() throws Throwable {
        recorder.swaps = true;
        recorder.accesses = false;
        assertThat(run(Inside.Swaps.class)).isEqualTo(true);
        assertThat(accesses()).containsExactly("swapped", "not swapped", "swapped");
    }

    @Test
    void futuresReportTheirState() throws Throwable {
        recorder.expected = Sites.location("java.util.concurrent.FutureTask", "state");
        assertThat(run(Inside.Task.class)).isEqualTo("x");
        assertThat(accesses())
                .contains("jdk read FutureTask FutureTask.state")
                .contains("update FutureTask expected VarHandle.compareAndSet")
                .contains("volatile write FutureTask expected VarHandle.setRelease");
    }

    @Test
    void unsynchronizedClassesReportPlainAccessesOnlyWhenExploredInside() throws Throwable {
        run(Inside.Lists.class);
        assertThat(accesses()).isEmpty();

        agent.exploreInside(Set.of("java.util"));
        run(Inside.Lists.class);
        assertThat(accesses())
                .contains("plain write ArrayList ArrayList.size")
                .contains("plain read ArrayList ArrayList.size")
                .contains("array write Object[] 0");

        agent.exploreInside(Set.of());
        run(Inside.Lists.class);
        assertThat(accesses()).isEmpty();
    }

    @Test
    void theJdkStillWorksWhenExploredInside() throws Throwable {
        agent.exploreInside(Set.of("java.util", "java.io", "java.text", "java.time"));
        assertThat(run(Inside.Maps.class)).isEqualTo(2);
        assertThat(new ArrayList<>(List.of("b", "a")).stream().sorted().toList())
                .containsExactly("a", "b");
        assertThat(String.format("%tF %s", java.time.LocalDate.of(2020, 1, 2), 3))
                .isEqualTo("2020-01-02 3");
    }

    @Test
    void sitesTellWhetherTheyAreInside() throws Throwable {
        agent.exploreInside(Set.of("java.util.concurrent"));
        run(Inside.Atomic.class);
        Site inside = site("java.util.concurrent.atomic.AtomicInteger");
        assertThat(Sites.inside(inside.id())).isTrue();
        agent.exploreInside(Set.of("java.util.concurrent.locks"));
        assertThat(Sites.inside(inside.id())).isFalse();
    }

    private static Site site(String className) {
        for (int id = 1; id < Sites.count(); id++) {
            if (Sites.get(id).className().equals(className)) {
                return Sites.get(id);
            }
        }
        throw new AssertionError(className);
    }

    @Test
    void whatTheHarnessRunsOnCanNotBeExplored() {
        assertThatThrownBy(() -> agent.exploreInside(Set.of("java.lang")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Package java.lang can not be explored inside: the harness itself runs on it");
    }
}
