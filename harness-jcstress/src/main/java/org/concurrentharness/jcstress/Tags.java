package org.concurrentharness.jcstress;

import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestTag;

/** JUnit Jupiter's annotations on a class, where Jupiter is there: a build may do without it. */
final class Tags {
    private static final String TAG = "org.junit.jupiter.api.Tag";
    private static final String DISABLED = "org.junit.jupiter.api.Disabled";

    private Tags() {}

    /** Returns the tags of a class and of those around it. */
    static Set<TestTag> of(Class<?> type) {
        Set<TestTag> tags = new LinkedHashSet<>();
        annotationType(type, TAG).ifPresent(tag -> {
            for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
                for (Annotation annotation : AnnotationSupport.findRepeatableAnnotations(each, tag)) {
                    String name = value(annotation);
                    if (TestTag.isValid(name)) {
                        tags.add(TestTag.create(name));
                    }
                }
            }
        });
        return tags;
    }

    /** Returns why a class, or one around it, shall not run; an empty text for no reason given. */
    static Optional<String> disabled(Class<?> type) {
        Optional<Class<? extends Annotation>> disabled = annotationType(type, DISABLED);
        for (Class<?> each = type; each != null && disabled.isPresent(); each = each.getEnclosingClass()) {
            Optional<String> reason =
                    AnnotationSupport.findAnnotation(each, disabled.get()).map(Tags::value);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private static Optional<Class<? extends Annotation>> annotationType(Class<?> type, String name) {
        ClassLoader loader = type.getClassLoader();
        return loader == null
                ? Optional.empty()
                : ReflectionSupport.tryToLoadClass(name, loader)
                        .toOptional()
                        .map(found -> found.asSubclass(Annotation.class));
    }

    private static String value(Annotation annotation) {
        return (String) ReflectionSupport.invokeMethod(
                ReflectionSupport.findMethod(annotation.annotationType(), "value")
                        .orElseThrow(),
                annotation);
    }
}
