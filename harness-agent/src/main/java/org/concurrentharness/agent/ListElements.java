package org.concurrentharness.agent;

import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Calls of {@code List.get} and {@code List.set}: threads may set different elements of one list, which stays as long as it is. */
final class ListElements {
    /** The probes that have a sister which takes the index. */
    static final Set<String> PROBES = Set.of("callMaybe", "collection");

    private static final String GET = "(I)Ljava/lang/Object;";
    private static final String SET = "(ILjava/lang/Object;)Ljava/lang/Object;";

    private ListElements() {}

    static boolean isAccess(MethodInsnNode call) {
        return (call.name.equals("get") && call.desc.equals(GET)) || (call.name.equals("set") && call.desc.equals(SET));
    }

    /** Returns what tells the probe of the list and the index, which stay on the stack. */
    static InsnList hook(MethodInsnNode call, String probe, Site site, MethodNode method, int freeLocal) {
        InsnList hook = Code.of(
                Code.insn(Opcodes.DUP2),
                MethodContext.push(site.id()),
                Code.probe(probe + "Element", "(Ljava/lang/Object;II)V"));
        Type[] arguments = Type.getArgumentTypes(call.desc);
        return arguments.length == 1 ? hook : Code.around(new Type[] {arguments[1]}, hook, method, freeLocal);
    }
}
