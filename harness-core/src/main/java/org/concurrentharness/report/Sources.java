package org.concurrentharness.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects excerpts of source files around the lines that a report names, for as long as the sources are where builds keep them:
 * below the directory that the tests run in, or in the modules beside it.
 */
final class Sources {
    private static final int AROUND = 5;
    private static final int LONGEST_LINE = 300;
    private static final int MOST_LINES = 5_000;
    private static final long LARGEST_FILE = 4_000_000;
    private static final List<String> GENERATED =
            List.of("target/generated-sources", "target/generated-test-sources", "build/generated/sources");

    private final Path project;
    private final Map<String, SortedSet<Integer>> wanted = new LinkedHashMap<>();

    private Sources(Path project) {
        this.project = project;
    }

    /** Returns the sources of the project in a directory. */
    static Sources of(Path project) {
        return new Sources(project.toAbsolutePath().normalize());
    }

    private List<Path> roots() {
        List<Path> roots = new ArrayList<>(roots(project));
        Path parent = project.getParent();
        if (parent != null && isBuild(parent)) {
            for (Path module : directories(parent)) {
                if (!module.equals(project)) {
                    roots.addAll(roots(module));
                }
            }
        }
        return roots;
    }

    private static boolean isBuild(Path directory) {
        return Stream.of("pom.xml", "settings.gradle", "settings.gradle.kts")
                .anyMatch(name -> Files.exists(directory.resolve(name)));
    }

    private static List<Path> roots(Path module) {
        List<Path> roots = new ArrayList<>();
        // src/test/java, src/main/java, src/it/kotlin: <source set>/<language>
        for (Path sourceSet : directories(module.resolve("src"))) {
            directories(sourceSet).stream()
                    .filter(root -> !root.endsWith("resources"))
                    .forEach(roots::add);
        }
        GENERATED.forEach(name -> roots.addAll(directories(module.resolve(name))));
        return roots;
    }

    /** Returns the directories in a directory in the order of their names, tests first; none when it cannot be read. */
    private static List<Path> directories(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory).sorted(Sources::testsFirst).toList();
        } catch (IOException | RuntimeException e) {
            return List.of(); // the report then shows no source of it
        }
    }

    private static int testsFirst(Path one, Path other) {
        boolean test = one.endsWith("test");
        return test == other.endsWith("test") ? one.compareTo(other) : test ? -1 : 1;
    }

    /** Wants the lines around a line of a class. */
    void want(String className, String fileName, int line) {
        if (line > 0 && !fileName.isEmpty()) {
            wanted.computeIfAbsent(key(className, fileName), key -> new TreeSet<>())
                    .add(line);
        }
    }

    /** Returns under which name {@link #excerpts} has the lines of a class: its package and its file. */
    static String key(String className, String fileName) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? fileName : className.substring(0, dot).replace('.', '/') + "/" + fileName;
    }

    /** Returns what could be found: by {@link #key}, the path of the file and its excerpts with their first lines' numbers. */
    Map<String, Object> excerpts() {
        Map<String, Object> found = new LinkedHashMap<>();
        // nothing is looked for on behalf of a campaign that found nothing
        List<Path> roots = wanted.isEmpty() ? List.of() : roots();
        int left = MOST_LINES;
        for (Map.Entry<String, SortedSet<Integer>> entry : wanted.entrySet()) {
            for (Path root : roots) {
                Path file = resolve(root, entry.getKey());
                if (file != null && left > 0) {
                    List<Block> blocks = blocks(lines(file), entry.getValue());
                    left -= blocks.stream()
                            .mapToInt(block -> block.lines().size())
                            .sum();
                    if (!blocks.isEmpty()) {
                        found.put(entry.getKey(), json(path(file), blocks));
                    }
                    break;
                }
            }
        }
        return found;
    }

    private static @Nullable Path resolve(Path root, String key) {
        try {
            Path file = root.resolve(key).normalize();
            // names of classes may be anything: none leads out of the sources
            return file.startsWith(root) && Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE ? file : null;
        } catch (InvalidPathException | IOException e) {
            return null;
        }
    }

    private String path(Path file) {
        Path shown = file.startsWith(project) ? project.relativize(file) : file;
        Path parent = project.getParent();
        if (parent != null && !file.startsWith(project) && file.startsWith(parent)) {
            shown = parent.relativize(file);
        }
        return shown.toString().replace('\\', '/');
    }

    private static List<String> lines(Path file) {
        try {
            // whatever the encoding: a letter that is shown wrong is better than no source
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    /** Lines of a file that follow each other. */
    private record Block(int first, List<String> lines) {}

    private static Map<String, Object> json(String path, List<Block> blocks) {
        List<Map<String, Object>> excerpts = new ArrayList<>();
        for (Block block : blocks) {
            Map<String, Object> excerpt = new LinkedHashMap<>();
            excerpt.put("first", block.first());
            excerpt.put("lines", block.lines());
            excerpts.add(excerpt);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path);
        json.put("blocks", excerpts);
        return json;
    }

    private static List<Block> blocks(List<String> lines, SortedSet<Integer> numbers) {
        List<Block> blocks = new ArrayList<>();
        int end = 0;
        List<String> block = new ArrayList<>();
        for (int number : numbers) {
            if (number > lines.size()) {
                break; // the file is not the one that was compiled
            }
            int first = Math.max(1, number - AROUND);
            if (blocks.isEmpty() || first > end + 1) {
                block = new ArrayList<>();
                blocks.add(new Block(first, block));
                end = first - 1;
            }
            int last = Math.min(lines.size(), number + AROUND);
            for (int i = end + 1; i <= last; i++) {
                block.add(Glyphs.UNICODE.clip(lines.get(i - 1).replace("\t", "    "), LONGEST_LINE));
            }
            end = Math.max(end, last);
        }
        return blocks;
    }
}
