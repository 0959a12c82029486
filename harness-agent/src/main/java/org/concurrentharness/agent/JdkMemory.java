package org.concurrentharness.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

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

    /** Whether this is a class whose users may write plainly what others read as volatile. */
    private final boolean atomic;

    private final boolean storesTasks;

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
        this.atomic = className.startsWith("java/util/concurrent/atomic/");
        this.storesTasks = JdkPublications.storesTasks(className);
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
        if (storesTasks && insn.getOpcode() == Opcodes.AASTORE) {
            return task();
        }
        return plain ? ArrayAccesses.hook(insn, context, method, freeLocal) : null;
    }

    /** The array stands for the handle that other accesses of its elements are made through. */
    private InsnList task() {
        Site site = context.access(Site.Kind.WRITE, "array", "set", JdkPublications.ofTask());
        InsnList hook = Code.of(
                Code.insn(Opcodes.DUP),
                Code.insn(Opcodes.DUP),
                new VarInsnNode(Opcodes.ILOAD, freeLocal),
                MethodContext.push(site.id()),
                Code.probe("jdkAccess", "(Ljava/lang/Object;Ljava/lang/Object;II)V"));
        return Code.around(new Type[] {Type.INT_TYPE, Type.getObjectType("java/lang/Object")}, hook, method, freeLocal);
    }

    private @Nullable InsnList call(MethodInsnNode call) {
        Site.Kind kind = Accesses.kind(call.owner, call.name, call.desc);
        if (kind == null || (!plain && kind == Site.Kind.READ)) {
            return null;
        }
        int modes = MemoryModes.ofAccess(kind, call.name);
        if (kind == Site.Kind.WRITE && storesTasks) {
            modes = JdkPublications.ofTask();
        } else if (kind == Site.Kind.WRITE && !plain && !atomic) {
            return null; // of what is not published yet, or is of no use any more
        }
        return Accesses.hook(call, "jdk", context.access(kind, call.owner, call.name, modes), method, freeLocal);
    }

    /**
     * Classes of which threads get many instances to work on at the same time: the exhaustive search tells these apart by the step that
     * first touches them, and that is for sure their constructor's.
     */
    private static final Set<String> NAMED_WHEN_MADE = Set.of("java/util/concurrent/FutureTask");

    private @Nullable InsnList field(FieldInsnNode access) {
        // nobody else knows an object that is being made; whoever publishes it synchronizes
        if (access.getOpcode() == Opcodes.PUTFIELD
                && method.name.equals("<init>")
                && !NAMED_WHEN_MADE.contains(access.owner)) {
            return null;
        }
        Hierarchy.Member field = fields.find(access);
        if (field == null) {
            return null;
        }
        boolean isVolatile = field.is(Opcodes.ACC_VOLATILE);
        boolean publishes = isVolatile || JdkPublications.contains(field.owner(), access.name);
        if (!publishes && !plain) {
            return null;
        }
        boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
        boolean isRead = access.getOpcode() == Opcodes.GETFIELD || access.getOpcode() == Opcodes.GETSTATIC;
        Site.Kind kind = Fields.kind(publishes, isRead);
        int modes = publishes && !isVolatile
                ? JdkPublications.modes(field.owner(), access.name, isRead)
                : MemoryModes.ofVariable(kind);
        Site site = context.field(kind, field.owner(), access.name, isStatic, modes);
        String probe = publishes ? (isRead ? "jdkRead" : "jdkWrite") : (isRead ? "read" : "write");
        return Fields.hook(access, Code.hook(probe, site), method, freeLocal);
    }
}
