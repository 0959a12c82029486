package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldInsnNode;

/** Decides which fields matter: neither final ones, nor those that tools add. */
final class Fields {
    private final Hierarchy.View hierarchy;

    Fields(Hierarchy.View hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** Returns the field that is accessed, or null when accesses of it are of no interest. */
    Hierarchy.@Nullable Member find(FieldInsnNode access) {
        if (access.name.startsWith("$jacoco")) {
            return null;
        }
        Hierarchy.Member field = hierarchy.field(access.owner, access.name, access.desc);
        return field == null || field.is(Opcodes.ACC_FINAL) || field.is(Opcodes.ACC_SYNTHETIC) ? null : field;
    }
}
