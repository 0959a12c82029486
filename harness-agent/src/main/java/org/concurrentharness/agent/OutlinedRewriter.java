package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Marks the methods of {@code probe.Outlined} as never to be inlined. The JVM heeds that in classes of the boot class loader; the
 * annotation is the JDK's own and cannot be named in source code.
 */
final class OutlinedRewriter {
    /** The class, by its internal name. */
    static final String NAME = "org/concurrentharness/probe/Outlined";

    private OutlinedRewriter() {}

    static byte[] rewrite(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0); // one that knows the reader would copy the methods as they are
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                MethodVisitor method =
                                        super.visitMethod(access, name, descriptor, signature, exceptions);
                                if ((access & Opcodes.ACC_STATIC) != 0) {
                                    method.visitAnnotation("Ljdk/internal/vm/annotation/DontInline;", true)
                                            .visitEnd();
                                }
                                return method;
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
