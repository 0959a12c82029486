package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/** Numbers the sites of one method. */
final class MethodContext {
    private final String className;
    private final String method;
    private final String descriptor;
    private final @Nullable String sourceFile;
    private int line;
    private int ordinal;

    /**
     * Creates a context.
     *
     * @param className the class's internal name
     */
    MethodContext(String className, String method, String descriptor, @Nullable String sourceFile, int line) {
        this.className = className.replace('/', '.');
        this.method = method;
        this.descriptor = descriptor;
        this.sourceFile = sourceFile;
        this.line = line;
    }

    void line(int number) {
        line = number;
    }

    int line() {
        return line;
    }

    /** Returns a context for a method that acts for this one at the current line, as a bridge does. */
    MethodContext actingAs(String bridge) {
        return new MethodContext(className.replace('.', '/'), method, descriptor + bridge, sourceFile, line);
    }

    Site site(Site.Kind kind, String target) {
        return register(kind, target, null, null, false, false);
    }

    Site call(Site.Kind kind, String owner, String name, boolean isStatic) {
        return register(kind, simple(owner) + '.' + name, null, null, isStatic, ReadOnlyCalls.contains(owner, name));
    }

    Site access(Site.Kind kind, String owner, String name) {
        boolean readOnly = kind.reads();
        return register(kind, simple(owner) + '.' + name, null, null, false, readOnly);
    }

    Site field(Site.Kind kind, String owner, String name, boolean isStatic) {
        boolean readOnly = kind.reads();
        return register(kind, simple(owner) + '.' + name, owner.replace('/', '.'), name, isStatic, readOnly);
    }

    private Site register(
            Site.Kind kind,
            String target,
            @Nullable String fieldOwner,
            @Nullable String fieldName,
            boolean isStatic,
            boolean readOnly) {
        return Sites.register(
                kind,
                className,
                method,
                descriptor,
                sourceFile,
                line,
                ordinal++,
                target,
                fieldOwner,
                fieldName,
                isStatic,
                readOnly);
    }

    /** Returns a class's name as it stands in source code: without the package, inner classes after a dot. */
    static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }

    static AbstractInsnNode push(int value) {
        if (value >= -1 && value <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + value);
        }
        if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
            return new IntInsnNode(Opcodes.BIPUSH, value);
        }
        if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            return new IntInsnNode(Opcodes.SIPUSH, value);
        }
        return new LdcInsnNode(value);
    }
}
