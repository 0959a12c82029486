package org.concurrentharness.linearizability;

import java.util.List;
import org.concurrentharness.explore.CampaignClassLoader;
import org.concurrentharness.explore.Program;
import org.jspecify.annotations.Nullable;

/** What the campaigns of one check have in common: the class loader, and in it the class under test and the specification. */
final class Programs {
    private final String name;
    private final String reportDirectory;
    private final CampaignClassLoader loader;
    private final Subject subject;
    private final Subject specification;

    Programs(
            String name,
            String reportDirectory,
            CampaignClassLoader loader,
            Class<?> type,
            Class<?> specification,
            Subject.Surroundings surroundings) {
        this.name = name;
        this.reportDirectory = reportDirectory;
        this.loader = loader;
        this.subject = Subject.of(copy(type), surroundings);
        this.specification =
                type == specification ? subject : Subject.of(copy(specification), Subject.Surroundings.NONE);
    }

    private Class<?> copy(Class<?> type) {
        try {
            return Class.forName(type.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " cannot be loaded a second time, for the campaign; name a class that its class loader finds.",
                    e);
        }
    }

    String name() {
        return name;
    }

    String reportDirectory() {
        return reportDirectory;
    }

    ClassLoader loader() {
        return loader;
    }

    Subject subject() {
        return subject;
    }

    Subject specification() {
        return specification;
    }

    static Subject.Invocation[] bind(Subject subject, List<Call> calls) {
        return calls.stream().map(subject::bind).toArray(Subject.Invocation[]::new);
    }

    /** A program whose class loader and name are those of the check. */
    abstract static class OfCheck implements Program {
        final Programs programs;

        OfCheck(Programs programs) {
            this.programs = programs;
        }

        @Override
        public final String name() {
            return programs.name();
        }

        @Override
        public final ClassLoader loader() {
            return programs.loader();
        }

        @Override
        public final String reportDirectory() {
            return programs.reportDirectory();
        }

        @Override
        public final Body execution() {
            return this::run;
        }

        /** Runs one execution. */
        abstract @Nullable Object run() throws Throwable;
    }
}
