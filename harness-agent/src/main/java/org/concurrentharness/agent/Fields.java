package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;

/** Decides which fields matter: neither final ones, nor those that tools add. */
final class Fields {
    private final Hierarchy.View hierarchy;

    Fields(Hierarchy.View hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** Returns the field that is accessed, or null when accesses of it are of no interest. */
    Hierarchy.@Nullable Member find(FieldInsnNode access) {
        if (CoverageCounters.isOwn(access.name)) {
            return null;
        }
        Hierarchy.Member field = hierarchy.field(access.owner, access.name, access.desc);
        return field == null || field.is(Opcodes.ACC_FINAL) || field.is(Opcodes.ACC_SYNTHETIC) ? null : field;
    }

    /** Returns whether an access reads a final field whose freezing matters; in constructors of its class it is not frozen yet. */
    boolean readsFrozen(FieldInsnNode access, String className, String method) {
        if (access.getOpcode() != Opcodes.GETFIELD || Hierarchy.isJdk(access.owner)) {
            return false;
        }
        Hierarchy.Member field = hierarchy.field(access.owner, access.name, access.desc);
        return field != null
                && FinalFields.matters(field.access(), access.desc)
                && !Hierarchy.isJdk(field.owner())
                && !(method.equals("<init>") && field.owner().equals(className));
    }

    static Site.Kind kind(boolean isVolatile, boolean isRead) {
        if (isVolatile) {
            return isRead ? Site.Kind.VOLATILE_READ : Site.Kind.VOLATILE_WRITE;
        }
        return isRead ? Site.Kind.READ : Site.Kind.WRITE;
    }

    /**
     * Returns a hook before an access, with the object that holds the field, or null for a static one, passed to it.
     *
     * @param freeLocal as for {@link Code#hookUnder}
     */
    static InsnList hook(FieldInsnNode access, InsnList hook, MethodNode method, int freeLocal) {
        return switch (access.getOpcode()) {
            case Opcodes.GETFIELD -> Code.hookUnder(new Type[0], hook, method, freeLocal);
            case Opcodes.PUTFIELD -> Code.hookUnder(new Type[] {Type.getType(access.desc)}, hook, method, freeLocal);
            default -> {
                hook.insert(Code.insn(Opcodes.ACONST_NULL));
                yield hook;
            }
        };
    }
}
