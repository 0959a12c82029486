package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Reports the memory that a method of the JDK touches.
 *
 * <p>In {@code java.util.concurrent}, what synchronizes: a step's footprint, and what happens before what, would be unknown
 * otherwise. In packages that are explored inside, plain fields and arrays too.
 */
final class JdkMemory {
    private final MethodNode method;
    private final MethodContext context;
    private final Fields fields;
    private final boolean plain;
    private final int freeLocal;

    /**
     * Creates the reporter of one method.
     *
     * @param plain whether to report plain fields and arrays
     */
    JdkMemory(String className, @Nullable String sourceFile, MethodNode method, Fields fields, boolean plain) {
        this.method = method;
        this.context = new MethodContext(className, method.name, method.desc, sourceFile, 0);
        this.fields = fields;
        this.plain = plain;
        this.freeLocal = method.maxLocals;
    }

    void line(LineNumberNode line) {
        context.line(line.line);
    }

    Site monitor() {
        return context.site(Site.Kind.MONITOR_ENTER, "synchronized");
    }

    /** Returns what comes before an instruction, or null when it touches nothing of interest. */
    @Nullable
    InsnList before(AbstractInsnNode insn) {
        if (insn instanceof FieldInsnNode access) {
            return field(access);
        }
        if (insn instanceof MethodInsnNode call) {
            return call(call);
        }
        return plain ? ArrayAccesses.hook(insn, context, method, freeLocal) : null;
    }

    private @Nullable InsnList call(MethodInsnNode call) {
        Site.Kind kind = Accesses.kind(call.owner, call.name, call.desc);
        if (kind == null || (!plain && (kind == Site.Kind.READ || kind == Site.Kind.WRITE))) {
            return null;
        }
        return Accesses.hook(call, "jdk", context.access(kind, call.owner, call.name), method, freeLocal);
    }

    private @Nullable InsnList field(FieldInsnNode access) {
        // nobody else knows an object that is being made; whoever publishes it synchronizes
        if (access.getOpcode() == Opcodes.PUTFIELD && method.name.equals("<init>")) {
            return null;
        }
        Hierarchy.Member field = fields.find(access);
        if (field == null) {
            return null;
        }
        boolean isVolatile = field.is(Opcodes.ACC_VOLATILE);
        if (!isVolatile && !plain) {
            return null;
        }
        boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
        boolean isRead = access.getOpcode() == Opcodes.GETFIELD || access.getOpcode() == Opcodes.GETSTATIC;
        Site.Kind kind = Fields.kind(isVolatile, isRead);
        Site site = context.field(kind, field.owner(), access.name, isStatic);
        String probe = isVolatile ? (isRead ? "jdkRead" : "jdkWrite") : (isRead ? "read" : "write");
        return Fields.hook(access, Code.hook(probe, site), method, freeLocal);
    }
}
