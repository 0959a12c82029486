package org.concurrentharness.jcstress;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.platform.commons.support.ReflectionSupport;

/** What has to be there before jcstress can run, and how to mend it when it is not. */
final class Preconditions {
    private static final String MAIN = "org.openjdk.jcstress.Main";

    private Preconditions() {}

    /** Returns a sentence about what is missing for all tests. */
    static Optional<String> fault() {
        if (jcstress().isEmpty()) {
            return Optional.of("jcstress is not on the class path, though harness-jcstress is: add"
                    + " org.openjdk.jcstress:jcstress-core to the test dependencies, or take its exclusion away.");
        }
        Path java = java();
        return Files.isExecutable(java)
                ? Optional.empty()
                : Optional.of("There is no executable " + java
                        + ", which jcstress needs to start JVMs: run the tests on a whole JDK.");
    }

    /** Returns what runs Java. */
    static Path java() {
        return java(Path.of(System.getProperty("java.home")), System.getProperty("os.name", ""));
    }

    static Path java(Path home, String system) {
        return home.resolve("bin").resolve(system.startsWith("Windows") ? "java.exe" : "java");
    }

    /** Returns classes that must be on the class path of forks, whatever the class path of this JVM claims to be. */
    static List<Class<?>> classesOfForks() {
        return jcstress().map(main -> List.of(ForkMain.class, main)).orElse(List.of(ForkMain.class));
    }

    private static Optional<Class<?>> jcstress() {
        return ReflectionSupport.tryToLoadClass(MAIN, Preconditions.class.getClassLoader())
                .toOptional();
    }

    /** Returns a sentence about a test that jcstress does not know. */
    static String notProcessed(Class<?> type) {
        return type.getName()
                + " was compiled without jcstress's annotation processor, which makes what runs it: let the compiler"
                + " run processors that are on the class path (<proc>full</proc> in maven-compiler-plugin), or name"
                + " org.openjdk.jcstress:jcstress-core in its annotationProcessorPaths, and compile anew.";
    }
}
