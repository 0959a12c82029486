package org.concurrentharness.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.CampaignLoader;
import org.concurrentharness.explore.Explorer;
import org.concurrentharness.explore.Options;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Other tests in the JVM keep the classes that they have. */
class OriginalBytesTests {
    /** What campaigns rewrite. */
    static class Subject {
        volatile int field;

        synchronized int next() {
            return field++;
        }
    }

    /** Comes after the agent's own, and sees what it made of a class. */
    private static final class Capture implements ClassFileTransformer {
        final List<byte[]> ordinary = new ArrayList<>();
        final List<byte[]> campaign = new ArrayList<>();

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (name != null && name.equals(Subject.class.getName().replace('.', '/'))) {
                (loader instanceof CampaignLoader ? campaign : ordinary).add(bytes);
            }
            return null;
        }
    }

    @Test
    void classesOfOrdinaryLoadersKeepTheirs() throws Exception {
        assertThat(new Subject().next()).isZero();
        Instrumentation instrumentation = Agent.install().instrumentation();
        Capture capture = new Capture();
        instrumentation.addTransformer(capture, true);
        try {
            instrumentation.retransformClasses(Subject.class);
            explore();
            instrumentation.retransformClasses(Subject.class);
            try (URLClassLoader fresh = new URLClassLoader(new URL[] {location()}, null)) {
                Class.forName(Subject.class.getName(), true, fresh);
            }
        } finally {
            instrumentation.removeTransformer(capture);
        }
        byte[] original = original();
        assertThat(capture.campaign).isNotEmpty().noneMatch(bytes -> Arrays.equals(bytes, original));
        assertThat(capture.ordinary).hasSize(3);
        // the JVM does not keep class files: what it makes up for a loaded class differs from the file, but not over
        // time
        assertThat(capture.ordinary.get(1)).isEqualTo(capture.ordinary.get(0));
        assertThat(capture.ordinary.get(2)).isEqualTo(original);
    }

    private static void explore() {
        Explorer.check(Options.defaults().executions(10), () -> {
            if (new Subject().next() != 0) {
                throw new AssertionError();
            }
        });
    }

    private static URL location() {
        return Subject.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static byte[] original() throws Exception {
        String file = Subject.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(file)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
