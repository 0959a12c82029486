package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes that javac does not make, or no longer. */
class OddClassTests {
    private static final String NAME = "org/concurrentharness/agent/programs/Odd";

    private final TestLoader loader = TestLoader.campaign();
    private final Recorder recorder = new Recorder();

    private static byte[] make(int version, Consumer<ClassWriter> members) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        members.accept(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private @Nullable Object run(int version, Consumer<ClassWriter> members) throws Throwable {
        loader.add(NAME.replace('/', '.'), make(version, members));
        return Recorder.run(loader.loadClass(NAME.replace('/', '.')), recorder);
    }

    /** As code before {@code super()} may do since JDK 25, and for outer instances always did. */
    @Test
    void anObjectThatIsNotInitializedIsNotPassedOn() throws Throwable {
        Object result = run(Opcodes.V17, writer -> {
            writer.visitField(Opcodes.ACC_VOLATILE, "value", "J", null, null).visitEnd();
            MethodVisitor make = writer.visitMethod(0, "<init>", "()V", null, null);
            make.visitCode();
            make.visitVarInsn(Opcodes.ALOAD, 0);
            make.visitLdcInsn(3L);
            make.visitFieldInsn(Opcodes.PUTFIELD, NAME, "value", "J");
            make.visitVarInsn(Opcodes.ALOAD, 0);
            make.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            make.visitVarInsn(Opcodes.ALOAD, 0);
            make.visitLdcInsn(4L);
            make.visitFieldInsn(Opcodes.PUTFIELD, NAME, "value", "J");
            make.visitInsn(Opcodes.RETURN);
            make.visitMaxs(0, 0);
            make.visitEnd();
            MethodVisitor run = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()J", null, null);
            run.visitCode();
            run.visitTypeInsn(Opcodes.NEW, NAME);
            run.visitInsn(Opcodes.DUP);
            run.visitMethodInsn(Opcodes.INVOKESPECIAL, NAME, "<init>", "()V", false);
            run.visitFieldInsn(Opcodes.GETFIELD, NAME, "value", "J");
            run.visitInsn(Opcodes.LRETURN);
            run.visitMaxs(0, 0);
            run.visitEnd();
        });
        assertThat(result).isEqualTo(4L);
        assertThat(recorder.events).containsExactly("write Odd Odd.value", "read Odd Odd.value", "-> 4");
    }

    /** Before version 49 a class can not name itself by a constant. */
    @Test
    void staticSynchronizedMethodsOfOldClassesLoseTheirMonitor() throws Throwable {
        Object result = run(Opcodes.V1_2, writer -> {
            int access = Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED;
            MethodVisitor run = writer.visitMethod(access, "run", "()I", null, null);
            run.visitCode();
            run.visitInsn(Opcodes.ICONST_5);
            run.visitInsn(Opcodes.IRETURN);
            run.visitMaxs(0, 0);
            run.visitEnd();
        });
        assertThat(result).isEqualTo(5);
        assertThat(recorder.events).containsExactly("enter Odd.class", "exit Odd.class");
    }

    /** As old compilers did it for finally. */
    @Test
    void subroutinesAreRewritten() throws Throwable {
        Object result = run(Opcodes.V1_4, writer -> {
            MethodVisitor run = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()J", null, null);
            Label subroutine = new Label();
            run.visitCode();
            run.visitJumpInsn(Opcodes.JSR, subroutine);
            run.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false);
            run.visitInsn(Opcodes.LRETURN);
            run.visitLabel(subroutine);
            run.visitVarInsn(Opcodes.ASTORE, 0);
            run.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "yield", "()V", false);
            run.visitVarInsn(Opcodes.RET, 0);
            run.visitMaxs(0, 0);
            run.visitEnd();
        });
        assertThat(result).isEqualTo(42L);
        assertThat(recorder.events).containsExactly("yield Thread.yield");
    }

    /** Long by itself, too long with hooks: the method keeps its code, and only that. */
    @Test
    void aMethodThatWouldBecomeTooLongIsLeft() throws Throwable {
        byte[] original = make(Opcodes.V17, writer -> {
            MethodVisitor run = writer.visitMethod(Opcodes.ACC_STATIC, "run", "()I", null, null);
            run.visitCode();
            for (int i = 0; i < 15_000; i++) {
                run.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Thread", "yield", "()V", false);
            }
            run.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, "rest", "()I", false);
            run.visitInsn(Opcodes.IRETURN);
            run.visitMaxs(0, 0);
            run.visitEnd();
            int access = Opcodes.ACC_STATIC | Opcodes.ACC_SYNCHRONIZED;
            MethodVisitor rest = writer.visitMethod(access, "rest", "()I", null, null);
            rest.visitCode();
            rest.visitInsn(Opcodes.ICONST_5);
            rest.visitInsn(Opcodes.IRETURN);
            rest.visitMaxs(0, 0);
            rest.visitEnd();
        });
        List<String> failed = new ArrayList<>();
        byte[] rewritten = CampaignRewriter.rewrite(loader, original, false, (name, reason) -> failed.add(name));
        TestLoader other = new TestLoader(name -> false);
        other.add(NAME.replace('/', '.'), rewritten);
        assertThat(Recorder.run(other.loadClass(NAME.replace('/', '.')), recorder))
                .isEqualTo(5);
        assertThat(recorder.events).containsExactly("enter Odd.class", "exit Odd.class");
        assertThat(failed).containsExactly(NAME + ".run");
    }
}
