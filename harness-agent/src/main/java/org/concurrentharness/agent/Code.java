package org.concurrentharness.agent;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Writes the few sequences of instructions that all rewriting is made of. None of them branches, so none needs a frame. */
final class Code {
    static final String PROBE = "org/concurrentharness/probe/Probe";

    /** What the longest sequence pushes beyond what is on the stack: a copied long and a site. */
    static final int EXTRA_STACK = 4;

    private Code() {}

    static InsnList of(AbstractInsnNode... instructions) {
        InsnList list = new InsnList();
        for (AbstractInsnNode instruction : instructions) {
            list.add(instruction);
        }
        return list;
    }

    static InsnNode insn(int opcode) {
        return new InsnNode(opcode);
    }

    static MethodInsnNode probe(String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, PROBE, name, descriptor, false);
    }

    /** Returns a call of a probe's method that takes an object, which is on the stack, and a site. */
    static InsnList hook(String name, Site site) {
        return of(MethodContext.push(site.id()), probe(name, "(Ljava/lang/Object;I)V"));
    }

    /**
     * Returns a hook for the object that lies under values on the stack, which stay as they are.
     *
     * @param above the types of the values that lie above the object
     * @param method the method, whose locals grow when there are more than two slots above
     * @param freeLocal a local that the method does not use, nor anything above it
     */
    static InsnList hookUnder(Type[] above, InsnList hook, MethodNode method, int freeLocal) {
        int slots = 0;
        for (Type type : above) {
            slots += type.getSize();
        }
        InsnList list = new InsnList();
        switch (slots) {
            case 0 -> list.add(insn(Opcodes.DUP));
            case 1 -> {
                list.add(insn(Opcodes.DUP2));
                list.add(insn(Opcodes.POP));
            }
            case 2 -> {
                // the same for two values and for one long
                list.add(insn(Opcodes.DUP2_X1));
                list.add(insn(Opcodes.POP2));
                list.add(insn(Opcodes.DUP_X2));
            }
            default -> {
                hook.insert(insn(Opcodes.DUP));
                return around(above, hook, method, freeLocal);
            }
        }
        list.add(hook);
        return list;
    }

    /**
     * Returns a hook between moving the values on top of the stack to locals, from {@code freeLocal} on, and back. No frame knows
     * these locals, nor need it: there is no branch in between.
     */
    static InsnList around(Type[] values, InsnList hook, MethodNode method, int freeLocal) {
        int local = freeLocal;
        for (Type type : values) {
            local += type.getSize();
        }
        method.maxLocals = Math.max(method.maxLocals, local);
        InsnList list = new InsnList();
        for (int i = values.length - 1; i >= 0; i--) {
            local -= values[i].getSize();
            list.add(new VarInsnNode(values[i].getOpcode(Opcodes.ISTORE), local));
        }
        list.add(hook);
        for (Type type : values) {
            list.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
            local += type.getSize();
        }
        return list;
    }

    /** Returns a copy of the value on the stack passed to {@code Probe.returned}; empty for void. */
    static InsnList returned(Type type, Site site) {
        InsnList list = new InsnList();
        String argument = switch (type.getSort()) {
            case Type.VOID -> "";
            case Type.BOOLEAN -> "Z";
            case Type.BYTE, Type.CHAR, Type.SHORT, Type.INT -> "I";
            case Type.LONG -> "J";
            case Type.FLOAT -> "F";
            case Type.DOUBLE -> "D";
            default -> "Ljava/lang/Object;";
        };
        if (!argument.isEmpty()) {
            list.add(insn(type.getSize() == 2 ? Opcodes.DUP2 : Opcodes.DUP));
            list.add(MethodContext.push(site.id()));
            list.add(probe("returned", "(" + argument + "I)V"));
        }
        return list;
    }
}
