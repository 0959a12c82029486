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

    /** Returns the class's internal name. */
    String internalName() {
        return className.replace('.', '/');
    }

    int line() {
        return line;
    }

    /** Returns a context for a method that acts for this one at the current line, as a bridge does. */
    MethodContext actingAs(String bridge) {
        return new MethodContext(className.replace('.', '/'), method, descriptor + bridge, sourceFile, line);
    }

    Site site(Site.Kind kind, String target) {
        return register(kind, target, null, null, false, false, 0);
    }

    Site call(Site.Kind kind, String owner, String name, boolean isStatic) {
        String target = simple(owner) + '.' + name;
        boolean readOnly = ReadOnlyCalls.contains(owner, name);
        return register(kind, target, null, null, isStatic, readOnly, MemoryModes.ofCall(target));
    }

    Site access(Site.Kind kind, String owner, String name) {
        return access(kind, owner, name, MemoryModes.ofAccess(kind, name));
    }

    Site access(Site.Kind kind, String owner, String name, int modes) {
        return register(kind, simple(owner) + '.' + name, null, null, false, kind.reads(), modes);
    }

    Site array(Site.Kind kind, String name) {
        return register(kind, "array." + name, null, null, false, kind.reads(), MemoryModes.ofVariable(kind));
    }

    /** Of what is given to a method as a whole. */
    Site bulk(String target, boolean writes) {
        int modes = MemoryModes.ofVariable(writes ? Site.Kind.WRITE : Site.Kind.READ);
        return register(Site.Kind.CALL, target, null, null, false, !writes, modes);
    }

    Site fence(String owner, String name, int modes) {
        return register(Site.Kind.FENCE, simple(owner) + '.' + name, null, null, true, false, modes);
    }

    Site field(Site.Kind kind, String owner, String name, boolean isStatic) {
        return field(kind, owner, name, isStatic, MemoryModes.ofVariable(kind));
    }

    Site field(Site.Kind kind, String owner, String name, boolean isStatic, int modes) {
        String target = simple(owner) + '.' + name;
        return register(kind, target, owner.replace('/', '.'), name, isStatic, kind.reads(), modes);
    }

    private Site register(
            Site.Kind kind,
            String target,
            @Nullable String fieldOwner,
            @Nullable String fieldName,
            boolean isStatic,
            boolean readOnly,
            int modes) {
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
                readOnly,
                modes);
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
