package org.concurrentharness.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the method that installs another {@code Thread} object as {@code Thread.currentThread()} of the carrier.
 *
 * <p>{@code Thread.setCurrentThread} must never be inlined by C2 into ordinary code: C2 takes the current thread for a constant
 * of the compilation and loses stores around the call. The JDK marks methods that may contain the call by {@code
 * ChangesCurrentThread}, which keeps them out of callers that are not marked. So the call stands in a marked method of its
 * own, in package {@code java.lang}, where the annotation counts.
 */
public final class CurrentThreadSwitch {
    private static final String NAME = "java/lang/ConcurrentHarnessCurrentThread";

    private CurrentThreadSwitch() {}

    /**
     * Returns a handle of type {@code (Thread carrier, Thread identity)void}.
     *
     * @throws ReflectiveOperationException when this JVM has no {@code setCurrentThread} or {@code java.lang} is not open
     */
    public static MethodHandle define() throws ReflectiveOperationException {
        MethodHandles.Lookup inThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
        Class<?> holder;
        try {
            holder = Class.forName(NAME.replace('/', '.'), true, null);
        } catch (ClassNotFoundException absent) {
            holder = inThread.defineClass(bytes());
        }
        return MethodHandles.privateLookupIn(holder, MethodHandles.lookup())
                .findStatic(holder, "set", MethodType.methodType(void.class, Thread.class, Thread.class));
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, NAME, null, "java/lang/Object", null);
        MethodVisitor set =
                writer.visitMethod(Opcodes.ACC_STATIC, "set", "(Ljava/lang/Thread;Ljava/lang/Thread;)V", null, null);
        set.visitAnnotation("Ljdk/internal/vm/annotation/ChangesCurrentThread;", true)
                .visitEnd();
        set.visitCode();
        set.visitVarInsn(Opcodes.ALOAD, 0);
        set.visitVarInsn(Opcodes.ALOAD, 1);
        set.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/lang/Thread", "setCurrentThread", "(Ljava/lang/Thread;)V", false);
        set.visitInsn(Opcodes.RETURN);
        set.visitMaxs(2, 2);
        set.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
