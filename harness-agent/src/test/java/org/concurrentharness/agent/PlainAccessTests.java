package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.concurrentharness.agent.programs.Plain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainAccessTests {
    private final Recorder recorder = new Recorder();

    private @Nullable Object run(TestLoader loader, Class<?> program) throws Throwable {
        return Recorder.run(loader.loadClass(program.getName()), recorder);
    }

    @Test
    void loadersMayAskForPlainAccesses() throws Throwable {
        assertThat(run(new TestLoader.Racing(), Plain.Accesses.class)).isEqualTo(3L + 6 + 2 + 2 + 1);
        assertThat(recorder.events)
                .containsExactly(
                        "plain write Accesses Plain.Accesses.wide",
                        "plain write Accesses Plain.Accesses.name",
                        "plain read null Plain.Accesses.shared",
                        "plain write null Plain.Accesses.shared",
                        "plain read Accesses Plain.Accesses.wide",
                        "plain write Accesses Plain.Accesses.wide",
                        "plain read Accesses Plain.Accesses.name",
                        "plain write Accesses Plain.Accesses.name",
                        "array write int[] 0",
                        "array read int[] 0",
                        "array write int[] 0",
                        "plain read Accesses Plain.Accesses.wide",
                        "array write long[] 1",
                        "array write double[] 0",
                        "array write double[] 1",
                        "plain read Accesses Plain.Accesses.name",
                        "array write String[] 0",
                        "array write boolean[] 0",
                        "array read long[] 1",
                        "array read int[] 0",
                        "array read String[] 0",
                        "array read double[] 1",
                        "array read boolean[] 0",
                        "plain read null Plain.Accesses.shared");
    }

    @Test
    void otherLoadersDoNotHearOfThem() throws Throwable {
        assertThat(run(TestLoader.campaign(), Plain.Accesses.class)).isEqualTo(3L + 6 + 2 + 2 + 1);
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void anAccessThatThrowsStillThrows() {
        assertThatThrownBy(() -> run(new TestLoader.Racing(), Plain.OutOfBounds.class))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(recorder.events).containsExactly("array read int[] 3");
    }

    @Test
    void theCountersOfCoverageAgentsAreLeftOut() throws Throwable {
        assertThat(run(new TestLoader.Racing(), Plain.Covered.class)).isEqualTo(1);
        assertThat(recorder.events).containsExactly("array write int[] 0", "array read int[] 0");
    }

    @Test
    void callsOfUnsynchronizedClassesAreReportedWithWhatTheyTouch() throws Throwable {
        recorder.collections = true;
        assertThat(run(new TestLoader.Racing(), Plain.Collected.class)).isEqualTo(2);
        assertThat(recorder.events.stream().filter(event -> !event.startsWith("->")))
                .containsExactly(
                        "changes ArrayList ArrayList.add",
                        "reads ArrayList ArrayList.iterator",
                        "reads ArrayList Iterator.hasNext",
                        "reads ArrayList Iterator.next",
                        "reads ArrayList Iterator.hasNext",
                        "changes HashMap Map.computeIfAbsent",
                        "uses HashMap Map.keySet",
                        "reads HashMap Set.size",
                        "changes StringBuilder StringBuilder.append",
                        "reads StringBuilder StringBuilder.length");
    }
}
