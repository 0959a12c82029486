package org.concurrentharness.jcstress;

import static org.objectweb.asm.Opcodes.ASM9;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * A suite and the package that it tests, under names of their own and with one class made wrong. So one run of jcstress has room for
 * all mutants, and none gets into the way of another one's suite.
 */
final class MutantClasses {
    private static final String END = ".class";

    private final String prefix;
    private final Mutation mutation;
    private final Class<?> suite;
    private final String suiteName;
    private final String underTest;

    /**
     * Prepares the classes.
     *
     * @param prefix a package that goes before all names
     */
    MutantClasses(String prefix, Mutation mutation, Class<?> suite) {
        this.prefix = prefix;
        this.mutation = mutation;
        this.suite = suite;
        this.suiteName = suite.getName().replace('.', '/');
        this.underTest = packageOf(mutation.internalName());
    }

    private static String packageOf(String internalName) {
        return internalName.substring(0, internalName.lastIndexOf('/') + 1);
    }

    /** Returns true for the classes that get another name: those under test, the suite, and what jcstress has made for it. */
    private boolean isOurs(String internalName) {
        return packageOf(internalName).equals(underTest)
                || internalName.equals(suiteName)
                || internalName.startsWith(suiteName + "$")
                || internalName.startsWith(suiteName + "_jcstress");
    }

    /** Writes the classes, and returns what jcstress has to know of the suite. */
    SuiteInfo write(Path directory) throws IOException, URISyntaxException {
        Class<?> type = suite;
        try {
            type = Class.forName(mutation.internalName().replace('/', '.'), false, suite.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        copy(directory, suite, packageOf(suiteName));
        copy(directory, type, underTest);
        SuiteInfo info = new SuiteLists().info(suite).orElseThrow();
        String line = info.line();
        for (String name : List.of(info.name(), info.name() + "_jcstress")) {
            String renamed = prefix + "." + name;
            line = line.replace(name.length() + "S" + name, renamed.length() + "S" + renamed);
        }
        return SuiteInfo.parse(line).orElseThrow();
    }

    /** Copies what is ours in a package, from where a class of it comes from: a directory or a jar. */
    private void copy(Path directory, Class<?> type, String name) throws IOException, URISyntaxException {
        URI origin = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(origin);
        if (Files.isDirectory(path)) {
            copy(directory, path.resolve(name), name);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(path)) {
                copy(directory, jar.getPath(name), name);
            }
        }
    }

    private void copy(Path directory, Path from, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(from)) {
            all.filter(file -> file.toString().endsWith(END)).forEach(files::add);
        }
        for (Path file : files) {
            String internalName = name + file.getFileName().toString().replace(END, "");
            if (isOurs(internalName)) {
                Path target = directory.resolve(prefix).resolve(internalName + END);
                Files.createDirectories(target.getParent());
                Files.write(target, rewritten(internalName, Files.readAllBytes(file)));
            }
        }
    }

    private byte[] rewritten(String internalName, byte[] compiled) {
        ClassWriter writer = new ClassWriter(0);
        ClassVisitor renaming = new ClassRemapper(writer, new Remapper(ASM9) {
            @Override
            public String map(String each) {
                return isOurs(each) ? prefix + "/" + each : each;
            }
        });
        if (internalName.equals(mutation.internalName())) {
            mutation.accept(new ClassReader(compiled), renaming);
        } else {
            new ClassReader(compiled).accept(renaming, 0);
        }
        return writer.toByteArray();
    }
}
