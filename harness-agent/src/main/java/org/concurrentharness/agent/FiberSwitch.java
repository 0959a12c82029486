package org.concurrentharness.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the two methods that run a {@code Continuation} and suspend the one that runs, without what {@code Continuation.run} and
 * {@code yield} do besides: to exclude other carrier threads, by a compare-and-set and a fence, and to keep track of continuations in
 * continuations. There is one carrier thread here and one level; what is left out took a third of the time of a switch.
 *
 * <p>The methods stand in a nestmate of {@code Continuation} and call its private methods as it does itself. That is what the JDKs up
 * to {@link #LAST} have; for later ones, which may want more to be done, there is {@code run} and {@code yield}.
 */
public final class FiberSwitch {
    /** The last JDK whose {@code Continuation} was read. */
    private static final int LAST = 25;

    private static final String CONTINUATION = "jdk/internal/vm/Continuation";
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String ACCESS = "jdk/internal/access/JavaLangAccess";

    private FiberSwitch() {}

    /**
     * Returns a class with the static methods {@code void resume(Object continuation)} and {@code boolean suspend()}, false when the
     * continuation is pinned.
     *
     * @throws ReflectiveOperationException when this JVM's continuations are not known
     */
    public static Lookup define() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21 || Runtime.version().feature() > LAST) {
            throw new NoSuchMethodException("continuations of this JDK are not known");
        }
        Class<?> continuation = Class.forName(CONTINUATION.replace('/', '.'));
        requireStatic(continuation, int.class, "doYield");
        requireStatic(continuation, void.class, "enterSpecial", continuation, boolean.class, boolean.class);
        requireField(continuation, "tail", "jdk.internal.vm.StackChunk");
        requireField(continuation, "U", "jdk.internal.misc.Unsafe");
        requireField(continuation, "JLA", "jdk.internal.access.JavaLangAccess");
        // a private lookup of another module's class may not define nestmates
        Field trusted = Lookup.class.getDeclaredField("IMPL_LOOKUP");
        trusted.setAccessible(true);
        Lookup lookup = (Lookup) Objects.requireNonNull(trusted.get(null));
        return lookup.in(continuation).defineHiddenClass(bytes(), true, Lookup.ClassOption.NESTMATE);
    }

    /** Returns {@code resume} of what {@link #define} has made. */
    public static MethodHandle resume(Lookup defined) throws ReflectiveOperationException {
        return defined.findStatic(defined.lookupClass(), "resume", MethodType.methodType(void.class, Object.class));
    }

    /** Returns {@code suspend} of what {@link #define} has made. */
    public static MethodHandle suspend(Lookup defined) throws ReflectiveOperationException {
        return defined.findStatic(defined.lookupClass(), "suspend", MethodType.methodType(boolean.class));
    }

    private static void requireField(Class<?> owner, String name, String type) throws ReflectiveOperationException {
        if (!owner.getDeclaredField(name).getType().getName().equals(type)) {
            throw new NoSuchFieldException(name);
        }
    }

    private static void requireStatic(Class<?> owner, Class<?> result, String name, Class<?>... parameters)
            throws NoSuchMethodException {
        Method method = owner.getDeclaredMethod(name, parameters);
        if (method.getReturnType() != result || !Modifier.isStatic(method.getModifiers())) {
            throw new NoSuchMethodException(method.toString());
        }
    }

    private static byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                "jdk/internal/vm/ConcurrentHarnessFiber",
                null,
                "java/lang/Object",
                null);
        resume(writer);
        suspend(writer);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void resume(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "resume", "(Ljava/lang/Object;)V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitTypeInsn(Opcodes.CHECKCAST, CONTINUATION);
        code.visitInsn(Opcodes.DUP);
        code.visitFieldInsn(Opcodes.GETFIELD, CONTINUATION, "tail", "Ljdk/internal/vm/StackChunk;");
        Label begun = new Label();
        Label end = new Label();
        code.visitJumpInsn(Opcodes.IFNONNULL, begun);
        enter(code, false);
        code.visitJumpInsn(Opcodes.GOTO, end);
        code.visitLabel(begun);
        code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {CONTINUATION});
        enter(code, true);
        code.visitLabel(end);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        fence(code);
        // what scoped values the fiber has looked up is not what the next one would see
        access(code);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, ACCESS, "scopedValueCache", "()[Ljava/lang/Object;", true);
        Label empty = new Label();
        code.visitJumpInsn(Opcodes.IFNULL, empty);
        access(code);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitMethodInsn(Opcodes.INVOKEINTERFACE, ACCESS, "setScopedValueCache", "([Ljava/lang/Object;)V", true);
        code.visitLabel(empty);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(3, 1);
        code.visitEnd();
    }

    private static void enter(MethodVisitor code, boolean begun) {
        code.visitInsn(begun ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        code.visitInsn(Opcodes.ICONST_0); // no virtual thread
        code.visitMethodInsn(Opcodes.INVOKESTATIC, CONTINUATION, "enterSpecial", "(L" + CONTINUATION + ";ZZ)V", false);
    }

    private static void suspend(ClassWriter writer) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "suspend", "()Z", null, null);
        code.visitCode();
        code.visitMethodInsn(Opcodes.INVOKESTATIC, CONTINUATION, "doYield", "()I", false);
        fence(code);
        Label pinned = new Label();
        code.visitJumpInsn(Opcodes.IFNE, pinned);
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(pinned);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(2, 0);
        code.visitEnd();
    }

    /** Keeps the compiler from moving what is written across a switch, as {@code Continuation} does. */
    private static void fence(MethodVisitor code) {
        code.visitFieldInsn(Opcodes.GETSTATIC, CONTINUATION, "U", "L" + UNSAFE + ";");
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, UNSAFE, "storeFence", "()V", false);
    }

    private static void access(MethodVisitor code) {
        code.visitFieldInsn(Opcodes.GETSTATIC, CONTINUATION, "JLA", "L" + ACCESS + ";");
    }
}
