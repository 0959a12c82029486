package org.concurrentharness.junit5;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestInfo;

/** What JUnit says of a test, with the campaign's copies of class and method. */
record CampaignTestInfo(String displayName, Set<String> tags, Class<?> type, Method method) implements TestInfo {
    @Override
    public String getDisplayName() {
        return displayName;
    }

    @Override
    public Set<String> getTags() {
        return tags;
    }

    @Override
    public Optional<Class<?>> getTestClass() {
        return Optional.of(type);
    }

    @Override
    public Optional<Method> getTestMethod() {
        return Optional.of(method);
    }
}
