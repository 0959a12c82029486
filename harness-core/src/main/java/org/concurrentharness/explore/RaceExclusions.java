package org.concurrentharness.explore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;

/**
 * Decides which data races are known and wanted, by what the options say and by {@code @BenignRace}. An annotation counts by its
 * simple name, whatever its package, so that the code under test needs no dependency for it.
 */
final class RaceExclusions {
    static final String ANNOTATION = "BenignRace";

    private static final String LIBRARIES = "races-of-libraries.txt";

    private final List<RaceExclusion> patterns = new ArrayList<>();

    /** What libraries race on wittingly, with the reason. */
    private final Map<RaceExclusion, String> ofLibraries;

    private final List<RaceExclusion> ofTest = new ArrayList<>();

    /** The annotated fields and classes that have excluded a race. */
    private final Set<String> matched = new LinkedHashSet<>();

    /**
     * Creates the exclusions of a test, beside those of libraries.
     *
     * @param patterns what the options exclude
     * @param ofTest what the test itself excludes
     */
    RaceExclusions(List<String> patterns, List<String> ofTest) {
        this.ofLibraries = ofLibraries();
        patterns.forEach(pattern -> this.patterns.add(new RaceExclusion(pattern)));
        ofTest.forEach(pattern -> this.ofTest.add(new RaceExclusion(pattern)));
    }

    private static Map<RaceExclusion, String> ofLibraries() {
        Map<RaceExclusion, String> known = new LinkedHashMap<>();
        try (InputStream in = RaceExclusions.class.getResourceAsStream(LIBRARIES)) {
            if (in == null) {
                throw new IllegalStateException(LIBRARIES + " is missing from the harness's jar");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int colon = line.indexOf(" : ");
                if (colon > 0 && !line.startsWith("#")) {
                    known.put(new RaceExclusion(line.substring(0, colon)), line.substring(colon + 3));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    boolean excludes(Sighting sighting, ClassLoader loader) {
        Site first = Sites.get(sighting.firstSite());
        Site second = Sites.get(sighting.secondSite());
        Field field = RaceStory.field(sighting, loader);
        boolean excluded = false;
        Set<String> names = new LinkedHashSet<>();
        Set<String> classes = new LinkedHashSet<>();
        if (field != null) {
            String owner = field.getDeclaringClass().getName();
            names.add(owner + "." + field.getName());
            classes.add(owner);
            if (isAnnotated(field)) {
                matched.add(owner + "." + field.getName());
                excluded = true;
            }
        } else {
            classes.add(first.className());
            classes.add(second.className());
        }
        names.add(first.className() + "." + first.method());
        names.add(second.className() + "." + second.method());
        for (String name : classes) {
            Optional<Class<?>> type = find(name, loader);
            if (type.isPresent() && isAnnotated(type.get())) {
                matched.add(name);
                excluded = true;
            }
        }
        for (String name : names) {
            for (RaceExclusion pattern : patterns) {
                excluded |= pattern.matches(name);
            }
            for (RaceExclusion pattern : ofTest) {
                excluded |= pattern.matches(name);
            }
            for (RaceExclusion pattern : ofLibraries.keySet()) {
                excluded |= pattern.matches(name);
            }
        }
        return excluded;
    }

    /** Returns what a reader should know of these exclusions: which of them excluded nothing, which races of libraries were met. */
    List<String> notes(ClassLoader loader) {
        List<String> sentences = new ArrayList<>();
        ofLibraries.forEach((pattern, reason) -> {
            if (pattern.matched()) {
                sentences.add("Not reported, since the library means it so: a data race on " + pattern.pattern() + " ("
                        + reason + ").");
            }
        });
        for (RaceExclusion pattern : patterns) {
            if (!pattern.matched()) {
                sentences.add("harness.races.ignore: \"" + pattern.pattern() + "\" matched no data race of this test.");
            }
        }
        for (RaceExclusion pattern : ofTest) {
            if (!pattern.matched()) {
                sentences.add("@BenignRace on the test excluded nothing: "
                        + (pattern.pattern().equals("*")
                                ? "no data race was found."
                                : "no data race matched \"" + pattern.pattern() + "\"."));
            }
        }
        if (loader instanceof CampaignClassLoader campaign) {
            for (String name : campaign.annotatedClasses()) {
                find(name, loader).ifPresent(type -> addUnmatched(type, sentences));
            }
        }
        return sentences;
    }

    private void addUnmatched(Class<?> type, List<String> sentences) {
        if (isAnnotated(type) && !matched.contains(type.getName())) {
            sentences.add("@BenignRace on class " + type.getName()
                    + " excluded nothing: this test found no data race there. Remove it if no other test needs it.");
        }
        for (Field field : type.getDeclaredFields()) {
            String name = type.getName() + "." + field.getName();
            if (isAnnotated(field) && !matched.contains(name)) {
                sentences.add("@BenignRace on field " + name + " excluded nothing: this test found no data race on it."
                        + " Remove it if no other test needs it.");
            }
        }
    }

    private static Optional<Class<?>> find(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty(); // a hidden class, which nobody can annotate by its name
        }
    }

    static boolean isAnnotated(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals(ANNOTATION)) {
                return true;
            }
        }
        return false;
    }
}
