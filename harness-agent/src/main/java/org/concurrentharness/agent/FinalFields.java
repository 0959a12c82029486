package org.concurrentharness.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Reports when final fields are frozen: whoever reads one sees what it refers to as the constructor left it, however the object
 * got to the reader (JLS 17.5). Fields of types that cannot change need none of that.
 */
final class FinalFields {
    private static final Set<String> IMMUTABLE = Set.of(
            "Ljava/lang/Boolean;",
            "Ljava/lang/Byte;",
            "Ljava/lang/Character;",
            "Ljava/lang/Class;",
            "Ljava/lang/Double;",
            "Ljava/lang/Float;",
            "Ljava/lang/Integer;",
            "Ljava/lang/Long;",
            "Ljava/lang/Short;",
            "Ljava/lang/String;");

    private FinalFields() {}

    /** Returns whether what a field refers to is frozen with it, and may matter. */
    static boolean matters(int access, String descriptor) {
        return (access & (Opcodes.ACC_FINAL | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC)) == Opcodes.ACC_FINAL
                && (descriptor.charAt(0) == 'L' || descriptor.charAt(0) == '[')
                && !IMMUTABLE.contains(descriptor);
    }

    static boolean has(ClassNode node) {
        return node.fields.stream().anyMatch(field -> matters(field.access, field.desc));
    }

    /** Lets a constructor tell when it begins and when it returns. To be called before its code is rewritten otherwise. */
    static void bracket(MethodNode constructor, String className) {
        int local = constructor.maxLocals;
        if (callsThis(constructor, className) || !addLocal(constructor, className, local)) {
            return;
        }
        constructor.maxLocals = local + 1;
        constructor.instructions.insert(
                Code.of(Code.probe("constructing", "()I"), new VarInsnNode(Opcodes.ISTORE, local)));
        for (AbstractInsnNode insn : constructor.instructions.toArray()) {
            if (insn.getOpcode() == Opcodes.RETURN) {
                InsnList hook = Code.of(
                        new VarInsnNode(Opcodes.ALOAD, 0),
                        new VarInsnNode(Opcodes.ILOAD, local),
                        Code.probe("constructed", "(Ljava/lang/Object;I)V"));
                constructor.instructions.insertBefore(insn, hook);
            }
        }
    }

    /** A constructor that leaves its work to another one of the class has nothing to freeze itself. */
    private static boolean callsThis(MethodNode constructor, String className) {
        int news = 0;
        for (AbstractInsnNode insn : constructor.instructions) {
            if (insn.getOpcode() == Opcodes.NEW) {
                news++;
            } else if (insn instanceof MethodInsnNode call && call.name.equals("<init>") && news-- == 0) {
                return call.owner.equals(className);
            }
        }
        return false;
    }

    /**
     * Tells all frames of a new local with a number in it.
     *
     * @return false when the first local is not always the object, whoever compiled that: then nothing has changed
     */
    private static boolean addLocal(MethodNode constructor, String className, int local) {
        List<FrameNode> frames = new ArrayList<>();
        List<FrameNode> full = new ArrayList<>();
        List<Object> locals = initial(constructor);
        for (AbstractInsnNode insn : constructor.instructions) {
            if (insn.getOpcode() == Opcodes.ASTORE && ((VarInsnNode) insn).var == 0) {
                return false;
            }
            if (insn instanceof FrameNode frame) {
                apply(frame, locals);
                Object self = locals.isEmpty() ? Opcodes.TOP : locals.get(0);
                if (!self.equals(className) && self != Opcodes.UNINITIALIZED_THIS) {
                    return false;
                }
                frames.add(frame);
                full.add(withLocal(locals, local, frame));
            }
        }
        for (int i = 0; i < frames.size(); i++) {
            constructor.instructions.set(frames.get(i), full.get(i));
        }
        return true;
    }

    private static List<Object> initial(MethodNode constructor) {
        List<Object> locals = new ArrayList<>();
        locals.add(Opcodes.UNINITIALIZED_THIS);
        for (Type type : Type.getArgumentTypes(constructor.desc)) {
            locals.add(
                    switch (type.getSort()) {
                        case Type.LONG -> Opcodes.LONG;
                        case Type.DOUBLE -> Opcodes.DOUBLE;
                        case Type.FLOAT -> Opcodes.FLOAT;
                        case Type.ARRAY, Type.OBJECT -> type.getInternalName();
                        default -> Opcodes.INTEGER;
                    });
        }
        return locals;
    }

    /** Frames are stored as what has changed since the one before. */
    private static void apply(FrameNode frame, List<Object> locals) {
        List<@Nullable Object> own = frame.local == null ? List.of() : frame.local;
        switch (frame.type) {
            case Opcodes.F_APPEND -> locals.addAll(own);
            case Opcodes.F_CHOP ->
                locals.subList(locals.size() - own.size(), locals.size()).clear();
            case Opcodes.F_FULL -> {
                locals.clear();
                locals.addAll(own);
            }
            default -> {
                // as the one before
            }
        }
    }

    private static FrameNode withLocal(List<Object> locals, int local, FrameNode frame) {
        List<Object> all = new ArrayList<>(locals);
        int slot = 0;
        for (Object type : all) {
            slot += type == Opcodes.LONG || type == Opcodes.DOUBLE ? 2 : 1;
        }
        for (; slot < local; slot++) {
            all.add(Opcodes.TOP);
        }
        all.add(Opcodes.INTEGER);
        Object[] stack =
                frame.type == Opcodes.F_SAME1 || frame.type == Opcodes.F_FULL ? frame.stack.toArray() : new Object[0];
        return new FrameNode(Opcodes.F_FULL, all.size(), all.toArray(), stack.length, stack);
    }
}
