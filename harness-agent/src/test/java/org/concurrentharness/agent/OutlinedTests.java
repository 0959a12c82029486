package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutlinedTests {
    @Test
    void whatIsReportedMostIsNeverInlined() throws Exception {
        Agent.install().rewriteJdk();
        Class<?> outlined = Class.forName(OutlinedRewriter.NAME.replace('/', '.'), false, null);
        assertThat(outlined.getDeclaredMethods())
                .hasSizeGreaterThan(5)
                .allSatisfy(method -> assertThat(annotations(method)).containsExactly("DontInline"));
    }

    private static String[] annotations(Method method) {
        return Arrays.stream(method.getDeclaredAnnotations())
                .map(annotation -> annotation.annotationType().getSimpleName())
                .toArray(String[]::new);
    }
}
