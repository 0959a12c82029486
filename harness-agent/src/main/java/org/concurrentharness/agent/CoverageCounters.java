package org.concurrentharness.agent;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Recognizes the counters that coverage agents put into methods: writes to an array that all threads share without synchronizing.
 *
 * <p>Such an agent gets its array from a method or field of its own, or from a dynamic constant, keeps it in a local, and inserts
 * short sequences that load it and store one element.
 */
final class CoverageCounters {
    private final Set<Integer> locals = new HashSet<>();
    private boolean loaded;

    CoverageCounters(MethodNode method) {
        for (AbstractInsnNode insn : method.instructions) {
            if (insn.getOpcode() == Opcodes.ASTORE && isSource(previous(insn))) {
                locals.add(((VarInsnNode) insn).var);
            }
        }
    }

    /** Returns whether a method was added by a coverage agent as a whole. */
    static boolean isOwn(String methodName) {
        return methodName.startsWith("$jacoco") || methodName.startsWith("__$");
    }

    /** Takes the next instruction; returns true when it accesses an element of a counter array. */
    boolean accepts(AbstractInsnNode insn) {
        int opcode = insn.getOpcode();
        if (isSource(insn) || (opcode == Opcodes.ALOAD && locals.contains(((VarInsnNode) insn).var))) {
            loaded = true;
            return false;
        }
        if (opcode == Opcodes.ASTORE) {
            loaded = false;
            return false;
        }
        boolean reads = opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD;
        boolean writes = opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
        boolean counts = loaded && (reads || writes);
        if (writes) {
            loaded = false;
        }
        return counts;
    }

    private static @Nullable AbstractInsnNode previous(AbstractInsnNode insn) {
        AbstractInsnNode previous = insn.getPrevious();
        while (previous != null && (previous.getOpcode() < 0 || previous.getOpcode() == Opcodes.CHECKCAST)) {
            previous = previous.getPrevious();
        }
        return previous;
    }

    private static boolean isSource(@Nullable AbstractInsnNode insn) {
        if (insn instanceof MethodInsnNode call) {
            return isOwn(call.name);
        }
        if (insn instanceof FieldInsnNode access) {
            return access.getOpcode() == Opcodes.GETSTATIC && isOwn(access.name);
        }
        return insn instanceof LdcInsnNode ldc
                && ldc.cst instanceof ConstantDynamic constant
                && isOwn(constant.getName());
    }
}
