package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides by name which packages a campaign shares with the rest of the JVM. The JDK, and the harness's own classes, are decided
 * by where they come from, see {@link CampaignClassLoader}. Immutable.
 */
final class SharedPackages {
    /** Test frameworks, logging, assertions, mocks and build tools: they are tools of a test, not its subject. */
    private static final List<String> ALWAYS = List.of(
            "org.junit",
            "junit",
            "org.opentest4j",
            "org.apiguardian",
            "org.testng",
            "org.slf4j",
            "ch.qos.logback",
            "org.apache.logging",
            "org.apache.log4j",
            "org.apache.commons.logging",
            "org.jboss.logging",
            "org.assertj",
            "org.hamcrest",
            "com.google.common.truth",
            "org.mockito",
            "net.bytebuddy",
            "org.objenesis",
            "org.easymock",
            "org.jacoco",
            "org.apache.maven.surefire",
            "org.apache.maven.plugin.surefire",
            "org.gradle",
            "worker.org.gradle",
            "com.intellij",
            "org.eclipse.jdt");

    private final List<String> shared;
    private final List<String> inside;

    SharedPackages(List<String> more, List<String> inside) {
        List<String> all = new ArrayList<>(ALWAYS);
        all.addAll(more);
        this.shared = List.copyOf(all);
        this.inside = List.copyOf(inside);
    }

    /** Returns true when classes of this name are left to the parent; what {@code inside} names more closely is not. */
    boolean contains(String className) {
        int sharedBy = longestMatch(shared, className);
        return sharedBy > 0 && sharedBy > longestMatch(inside, className);
    }

    private static int longestMatch(List<String> packages, String className) {
        int longest = 0;
        for (String name : packages) {
            if (className.startsWith(name)
                    && (className.length() == name.length() || className.charAt(name.length()) == '.')) {
                longest = Math.max(longest, name.length());
            }
        }
        return longest;
    }
}
