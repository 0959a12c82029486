package org.concurrentharness.agent;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds out whether {@link JdkRewriter} may change a class, at a fraction of the price: many candidates it leaves as they are, and
 * while a JVM starts, all of this runs interpreted. May find something where there is nothing, and never the reverse.
 */
final class JdkScan extends ClassVisitor {
    private static final int API = Opcodes.ASM9;

    private final String owner;
    private final boolean calls;
    private final boolean monitors;
    private final boolean memory;
    private final Set<String> own = new HashSet<>();
    private boolean found;

    private JdkScan(String owner) {
        super(API);
        this.owner = owner;
        this.calls = JdkClasses.rewritesCalls(owner);
        this.monitors = JdkClasses.shadowsMonitors(owner);
        this.memory = JdkClasses.reportsMemory(owner);
    }

    /** Returns whether there may be something to rewrite in a class. */
    static boolean finds(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        JdkScan scan = new JdkScan(reader.getClassName());
        reader.accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return scan.found;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        found |= memory && ((access & Opcodes.ACC_VOLATILE) != 0 || JdkPublications.contains(owner, name));
        own.add(name);
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (found) {
            return null;
        }
        if (JdkPrologues.has(owner, name, descriptor)) {
            found = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            return null;
        }
        return calls || monitors || memory ? new Instructions(name.equals("<clinit>")) : null;
    }

    private final class Instructions extends MethodVisitor {
        private final boolean initializer;

        Instructions(boolean initializer) {
            super(API);
            this.initializer = initializer;
        }

        @Override
        public void visitInsn(int opcode) {
            found |= monitors && (opcode == Opcodes.MONITORENTER || opcode == Opcodes.MONITOREXIT);
        }

        @Override
        public void visitMethodInsn(int opcode, String type, String name, String descriptor, boolean isInterface) {
            found |= calls && (JdkRewriter.rewritesCall(type, name, descriptor) || JdkRewriter.takesTask(owner, type));
            found |= memory && !initializer && Accesses.kind(type, name, descriptor) != null;
        }

        @Override
        public void visitFieldInsn(int opcode, String type, String name, String descriptor) {
            found |= calls && !initializer && opcode == Opcodes.GETSTATIC && JdkRewriter.rewritesRead(type, name);
            // which fields of another class are volatile, or inherited ones, only that class tells
            found |= memory
                    && !initializer
                    && !(type.equals(owner) && own.contains(name))
                    && JdkClasses.reportsMemory(type);
        }
    }
}
