package org.concurrentharness.agent;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.AnalyzerAdapter;

/**
 * Rewrites {@code Thread.start(ThreadContainer)} of JDK 19 and later, in which executors and scopes start their threads.
 *
 * <p>Its own bookkeeping must happen (the container counts its threads), so the probe is asked where the native start is called,
 * in the middle of a method, and the frames there have to be known.
 */
final class JdkThreadStart {
    private JdkThreadStart() {}

    static byte[] rewrite(byte[] thread) {
        ClassReader reader = new ClassReader(thread);
        ClassWriter writer = new ClassWriter(reader, 0);
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                return name.equals("start") && !descriptor.equals("()V")
                        ? new Start(access, name, descriptor, next)
                        : next;
            }
        };
        reader.accept(visitor, ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    private static final class Start extends AnalyzerAdapter {
        Start(int access, String name, String descriptor, MethodVisitor next) {
            super(Opcodes.ASM9, "java/lang/Thread", access, name, descriptor, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (!name.equals("start0")) {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                return;
            }
            Label managed = new Label();
            Label started = new Label();
            super.visitInsn(Opcodes.DUP);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Code.PROBE, "start", "(Ljava/lang/Thread;)Z", false);
            super.visitJumpInsn(Opcodes.IFNE, managed);
            Object[] frameLocals = frame(locals);
            Object[] before = frame(stack);
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            Object[] after = frame(stack);
            super.visitJumpInsn(Opcodes.GOTO, started);
            super.visitLabel(managed);
            super.visitFrame(Opcodes.F_NEW, frameLocals.length, frameLocals, before.length, before);
            super.visitInsn(Opcodes.POP);
            super.visitLabel(started);
            super.visitFrame(Opcodes.F_NEW, frameLocals.length, frameLocals, after.length, after);
            super.visitInsn(Opcodes.NOP);
        }

        /** The adapter counts slots, a frame values: what follows a long or double is no value of its own. */
        private static Object[] frame(List<Object> slots) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < slots.size(); i++) {
                Object value = slots.get(i);
                values.add(value);
                if (value == Opcodes.LONG || value == Opcodes.DOUBLE) {
                    i++;
                }
            }
            return values.toArray();
        }
    }
}
