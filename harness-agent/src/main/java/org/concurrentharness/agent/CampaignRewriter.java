package org.concurrentharness.agent;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Rewrites a class of a campaign, so that all its synchronization goes through the probe. */
final class CampaignRewriter {
    private final Hierarchy.View hierarchy;
    private final ClassNode node = new ClassNode();
    private final CallRules calls;
    private final Fields fields;
    private final Bridges bridges;

    /** Whether plain fields and array elements are reported. */
    private final boolean plain;

    /** Whether constructors tell when their final fields are frozen. */
    private boolean freezes;

    /** Methods that stay as they are. */
    private final Set<String> kept;

    private CampaignRewriter(Hierarchy.View hierarchy, boolean plain, Set<String> kept) {
        this.plain = plain;
        this.kept = kept;
        this.hierarchy = hierarchy;
        this.calls = new CallRules(hierarchy, plain);
        this.fields = new Fields(hierarchy);
        this.bridges = new Bridges(node, calls, fields, hierarchy);
    }

    /**
     * Returns the rewritten class.
     *
     * @param plain whether plain fields and array elements are reported
     * @param failed hears of methods that stay as they are
     */
    static byte[] rewrite(ClassLoader loader, byte[] bytes, boolean plain, BiConsumer<String, Throwable> failed) {
        Set<String> kept = new HashSet<>();
        while (true) {
            try {
                return new CampaignRewriter(Hierarchy.of(loader), plain, kept).rewrite(bytes);
            } catch (MethodTooLargeException e) {
                // generated code, as a rule, which fills tables; one such method must not keep the whole class from it
                if (!kept.add(e.getMethodName() + e.getDescriptor())) {
                    throw e;
                }
                failed.accept(e.getClassName() + '.' + e.getMethodName(), e);
            }
        }
    }

    private byte[] rewrite(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        // the class's file may not be found, or may not be what is defined
        hierarchy.put(ClassInfo.read(reader));
        reader.accept(node, 0);
        freezes = plain && FinalFields.has(node);
        boolean isThread = hierarchy.isThread(node.superName);
        for (MethodNode method : node.methods) {
            if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0
                    && !CoverageCounters.isOwn(method.name)
                    && !kept.contains(method.name + method.desc)) {
                rewrite(method, isThread);
            }
        }
        node.methods.addAll(bridges.made());
        ClassWriter writer = new ClassWriter(reader, 0);
        node.accept(writer);
        return writer.toByteArray();
    }

    private void rewrite(MethodNode method, boolean isThread) {
        int firstLine = firstLine(method);
        MethodContext context = new MethodContext(node.name, method.name, method.desc, node.sourceFile, firstLine);
        if (freezes && method.name.equals("<init>")) {
            FinalFields.bracket(method, node.name);
        }
        new MethodRewriter(method, context, calls, fields, bridges, plain).run();
        context.line(firstLine);
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            if ((method.access & Opcodes.ACC_STATIC) != 0 && version() < Opcodes.V1_5) {
                node.version = Opcodes.V1_5; // whose only new thing is the constant for a class, which names the lock
            }
            Monitors.popFromMethod(method, node.name, context, version());
        }
        if (method.name.equals("<clinit>")) {
            Monitors.bracketInitializer(method, node.name, version());
        }
        if (isThread && method.name.equals("run") && method.desc.equals("()V") && !isStatic(method)) {
            method.instructions.insert(
                    Code.of(new VarInsnNode(Opcodes.ALOAD, 0), Code.probe("begin", "(Ljava/lang/Thread;)V")));
        }
    }

    private static boolean isStatic(MethodNode method) {
        return (method.access & Opcodes.ACC_STATIC) != 0;
    }

    private int version() {
        return node.version & 0xFFFF;
    }

    private static int firstLine(MethodNode method) {
        for (@Nullable AbstractInsnNode insn : method.instructions) {
            if (insn instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }
}
