package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.agent.programs.Frozen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FinalFieldsTests {
    private final Recorder recorder = new Recorder();

    private @Nullable Object run(TestLoader loader, Class<?> program) throws Throwable {
        return Recorder.run(loader.loadClass(program.getName()), recorder);
    }

    private List<String> frozen() {
        return recorder.events.stream()
                .filter(event -> event.startsWith("construct") || event.startsWith("final"))
                .toList();
    }

    @Test
    void constructorsTellWhenTheyBeginAndReturnAndOthersWhenTheyRead() throws Throwable {
        assertThat(run(new TestLoader.Racing(), Frozen.Fields.class)).isEqualTo(3 + 1 + 2 + 2 + 1);
        assertThat(frozen())
                .containsExactly(
                        "constructing 1",
                        "constructed Holder 1",
                        "final read Holder",
                        "constructing 2",
                        "constructed Holder 2",
                        "final read Holder",
                        "constructing 3",
                        "constructed Sub 3",
                        "final read Sub",
                        "constructing 4",
                        "constructed Pair 4",
                        "final read Pair");
        assertThat(Agent.install().notRewritten()).isEmpty();
    }

    @Test
    void fieldsOfTypesThatNeverChangeAreLeftAlone() throws Throwable {
        assertThat(run(new TestLoader.Racing(), Frozen.Immutable.class)).isEqualTo(2);
        assertThat(frozen()).isEmpty();
    }

    @Test
    void otherLoadersDoNotHearOfThem() throws Throwable {
        run(TestLoader.campaign(), Frozen.Fields.class);
        assertThat(frozen()).isEmpty();
    }
}
