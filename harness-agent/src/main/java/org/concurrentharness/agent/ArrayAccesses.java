package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;

/** Reports accesses of array elements. */
final class ArrayAccesses {
    private static final String DESCRIPTOR = "(Ljava/lang/Object;II)V";
    private static final Type OBJECT = Type.getObjectType("java/lang/Object");

    private ArrayAccesses() {}

    /**
     * Returns the hook before an access, or null when the instruction is none.
     *
     * @param freeLocal as for {@link Code#hookUnder}
     */
    static @Nullable InsnList hook(AbstractInsnNode insn, MethodContext context, MethodNode method, int freeLocal) {
        int opcode = insn.getOpcode();
        if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            return hook("arrayRead", context.array(Site.Kind.ARRAY_READ, "get"));
        }
        if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
            InsnList hook = hook("arrayWrite", context.array(Site.Kind.ARRAY_WRITE, "set"));
            return Code.around(new Type[] {stored(opcode)}, hook, method, freeLocal);
        }
        return null;
    }

    private static InsnList hook(String probe, Site site) {
        return Code.of(Code.insn(Opcodes.DUP2), MethodContext.push(site.id()), Code.probe(probe, DESCRIPTOR));
    }

    private static Type stored(int opcode) {
        return switch (opcode) {
            case Opcodes.LASTORE -> Type.LONG_TYPE;
            case Opcodes.FASTORE -> Type.FLOAT_TYPE;
            case Opcodes.DASTORE -> Type.DOUBLE_TYPE;
            case Opcodes.AASTORE -> OBJECT;
            default -> Type.INT_TYPE;
        };
    }
}
