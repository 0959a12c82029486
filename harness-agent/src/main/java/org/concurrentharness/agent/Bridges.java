package org.concurrentharness.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets method references to JDK methods that are scheduling points go through methods of the class, which are rewritten.
 *
 * <p>The JVM calls such a method directly from a hidden class that no agent sees.
 */
final class Bridges {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";
    private static final int FLAG_SERIALIZABLE = 1;

    private final ClassNode host;
    private final CallRules calls;
    private final Fields fields;
    private final Hierarchy.View hierarchy;
    private final List<MethodNode> made = new ArrayList<>();

    Bridges(ClassNode host, CallRules calls, Fields fields, Hierarchy.View hierarchy) {
        this.host = host;
        this.calls = calls;
        this.fields = fields;
        this.hierarchy = hierarchy;
    }

    /** Returns the bridges made, to be added to the class. */
    List<MethodNode> made() {
        return made;
    }

    void rewrite(InvokeDynamicInsnNode indy, MethodContext context) {
        if (!indy.bsm.getOwner().equals(FACTORY)
                || indy.bsmArgs.length < 3
                || !(indy.bsmArgs[1] instanceof Handle target)
                || isSerializable(indy)) {
            return;
        }
        Handle bridge = bridge(target, context);
        if (bridge != null) {
            Object[] arguments = indy.bsmArgs.clone();
            arguments[1] = bridge;
            indy.bsmArgs = arguments;
        }
    }

    /**
     * A serializable lambda is written with the name of the method it refers to, and {@code $deserializeLambda$} compares that
     * name when it is read: with another method behind it, it could be written but not read. It keeps its own, so the call has
     * no scheduling point of its own. What it calls may have some.
     */
    private static boolean isSerializable(InvokeDynamicInsnNode indy) {
        return indy.bsm.getName().equals("altMetafactory")
                && indy.bsmArgs.length > 3
                && indy.bsmArgs[3] instanceof Integer flags
                && (flags & FLAG_SERIALIZABLE) != 0;
    }

    private @Nullable Handle bridge(Handle target, MethodContext context) {
        int opcode = switch (target.getTag()) {
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            default -> -1; // constructors, and calls of private and super methods: none of them is a point
        };
        boolean isStatic = opcode == Opcodes.INVOKESTATIC;
        if (opcode < 0 || calls.find(target.getOwner(), target.getName(), target.getDesc(), isStatic) == null) {
            return null;
        }
        Hierarchy.Member declared = hierarchy.method(target.getOwner(), target.getName(), target.getDesc());
        if (declared != null && declared.is(Opcodes.ACC_PROTECTED)) {
            // only on this class's own instances, which the bridge's signature could not say
            return null;
        }
        String descriptor = isStatic
                ? target.getDesc()
                : "(" + Type.getObjectType(target.getOwner()).getDescriptor()
                        + target.getDesc().substring(1);
        String name = "ch$bridge$" + made.size();
        MethodNode method = new MethodNode(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
        made.add(method);
        if (context.line() > 0) {
            LabelNode here = new LabelNode();
            method.instructions.add(here);
            method.instructions.add(new LineNumberNode(context.line(), here));
        }
        int local = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            method.instructions.add(new VarInsnNode(type.getOpcode(Opcodes.ILOAD), local));
            local += type.getSize();
        }
        Type result = Type.getReturnType(descriptor);
        method.instructions.add(new MethodInsnNode(
                opcode, target.getOwner(), target.getName(), target.getDesc(), target.isInterface()));
        method.instructions.add(new InsnNode(result.getOpcode(Opcodes.IRETURN)));
        method.maxLocals = local;
        method.maxStack = Math.max(local, result.getSize());
        new MethodRewriter(method, context.actingAs(name), calls, fields, this, false).run();
        return new Handle(
                Opcodes.H_INVOKESTATIC, host.name, name, descriptor, (host.access & Opcodes.ACC_INTERFACE) != 0);
    }
}
