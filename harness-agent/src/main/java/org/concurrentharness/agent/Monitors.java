package org.concurrentharness.agent;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Replaces the monitor of synchronized methods, and guards whole bodies by try and finally. */
final class Monitors {
    private Monitors() {}

    /**
     * Removes the exception table entries with which javac lets the handler of a synchronized block cover itself. They are for
     * asynchronous exceptions between the handler's instructions; with hooks in the handler, a hook that throws would be called
     * again for ever.
     */
    static void dropSelfCoveringHandlers(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.MONITOREXIT) {
                method.tryCatchBlocks.removeIf(block -> block.start == block.handler && block.type == null);
                return;
            }
        }
    }

    /** Takes the monitor of a synchronized method by hooks around its body. */
    static void popFromMethod(MethodNode method, String className, MethodContext context, int version) {
        boolean isStatic = (method.access & Opcodes.ACC_STATIC) != 0;
        method.access &= ~Opcodes.ACC_SYNCHRONIZED;
        Site enter = context.site(Site.Kind.MONITOR_ENTER, "synchronized");
        Site exit = context.site(Site.Kind.MONITOR_EXIT, "synchronized");
        InsnList before = Code.of(lock(isStatic, className));
        before.add(Code.hook("monitorEnter", enter));
        guard(method, className, version, before, () -> {
            InsnList after = Code.of(lock(isStatic, className));
            after.add(Code.hook("monitorExit", exit));
            return after;
        });
    }

    /** Brackets a class initialiser. */
    static void bracketInitializer(MethodNode method, String className, int version) {
        guard(
                method,
                className,
                version,
                Code.of(Code.probe("initEnter", "()V")),
                () -> Code.of(Code.probe("initExit", "()V")));
    }

    /** Tells of a thread's end when all else that it does is done, such as to wake who waits for it in a scope. */
    static void tellOfExit(MethodNode method, String className, int version) {
        guard(
                method,
                className,
                version,
                new InsnList(),
                () -> Code.of(new VarInsnNode(Opcodes.ALOAD, 0), Code.probe("exit", "(Ljava/lang/Thread;)V")));
    }

    private static AbstractInsnNode lock(boolean isStatic, String className) {
        return isStatic ? new LdcInsnNode(Type.getObjectType(className)) : new VarInsnNode(Opcodes.ALOAD, 0);
    }

    private interface Instructions {
        InsnList make();
    }

    /** Puts instructions before a body, and behind it however it ends. They are not covered by the handler themselves. */
    private static void guard(MethodNode method, String className, int version, InsnList before, Instructions after) {
        InsnList code = method.instructions;
        LabelNode start = new LabelNode();
        LabelNode handler = new LabelNode();
        before.add(start);
        code.insert(before);
        code.add(handler);
        AbstractInsnNode next;
        LabelNode from = start;
        for (AbstractInsnNode insn = start; insn != handler; insn = next) {
            next = insn.getNext();
            int opcode = insn.getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                LabelNode end = new LabelNode();
                LabelNode resume = new LabelNode();
                InsnList leave = Code.of(end);
                leave.add(after.make());
                code.insertBefore(insn, leave);
                code.insert(insn, resume);
                protect(method, from, end, handler);
                from = resume;
            }
        }
        protect(method, from, handler, handler);
        if (version >= Opcodes.V1_6) {
            Object[] locals = (method.access & Opcodes.ACC_STATIC) != 0 ? new Object[0] : new Object[] {className};
            code.add(new FrameNode(Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"}));
        }
        code.add(after.make());
        code.add(Code.insn(Opcodes.ATHROW));
        method.maxStack += Code.EXTRA_STACK;
    }

    /** The JVM refuses an empty range, which is what is left between two returns or behind the last one. */
    private static void protect(MethodNode method, LabelNode from, LabelNode to, LabelNode handler) {
        for (AbstractInsnNode insn = from; insn != to; insn = insn.getNext()) {
            if (insn.getOpcode() >= 0) {
                method.tryCatchBlocks.add(new TryCatchBlockNode(from, to, handler, null));
                return;
            }
        }
    }
}
