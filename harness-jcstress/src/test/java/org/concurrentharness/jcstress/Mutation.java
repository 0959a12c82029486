package org.concurrentharness.jcstress;

import static org.objectweb.asm.Opcodes.ACC_VOLATILE;
import static org.objectweb.asm.Opcodes.ASM9;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.MONITORENTER;
import static org.objectweb.asm.Opcodes.MONITOREXIT;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.POP2;
import static org.objectweb.asm.Opcodes.PUTFIELD;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * A compiled class that is made wrong in one place: it is what the build has compiled but for that, so nobody has to keep a copy
 * like it. Each change says how often it must have found its place, so that it cannot miss it.
 */
final class Mutation {
    private final String className;
    private final List<Change> changes = new ArrayList<>();

    private Mutation(String className) {
        this.className = className;
    }

    static Mutation of(Class<?> type) {
        return of(type.getName());
    }

    static Mutation of(String className) {
        return new Mutation(className);
    }

    /** Makes a volatile field a plain one. */
    Mutation plain(String field) {
        return change(new Change("volatile " + field, 1) {
            @Override
            ClassVisitor in(ClassVisitor next) {
                return new ClassVisitor(ASM9, next) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String type, @Nullable String generic, @Nullable Object value) {
                        boolean found = name.equals(field) && (access & ACC_VOLATILE) != 0 && hit();
                        return super.visitField(found ? access & ~ACC_VOLATILE : access, name, type, generic, value);
                    }
                };
            }
        });
    }

    /** Has a method find another value in a field: false, true, zero or null, as the opcode says. */
    Mutation reads(String method, String field, int instead, int times) {
        return inMethod(
                method,
                "read of " + field,
                times,
                change -> next -> new MethodVisitor(ASM9, next) {
                    @Override
                    public void visitFieldInsn(int opcode, String owner, String name, String type) {
                        super.visitFieldInsn(opcode, owner, name, type);
                        if (opcode == GETFIELD && name.equals(field) && change.hit()) {
                            super.visitInsn(POP);
                            super.visitInsn(instead);
                        }
                    }
                });
    }

    /** Has a method not write a constant of an enum into a field. */
    Mutation withoutWriting(String method, String field, String constant) {
        return inMethod(
                method,
                "write of " + constant,
                1,
                change -> next -> new MethodVisitor(ASM9, next) {
                    private String last = "";

                    @Override
                    public void visitFieldInsn(int opcode, String owner, String name, String type) {
                        if (opcode == PUTFIELD && name.equals(field) && last.equals(constant) && change.hit()) {
                            super.visitInsn(POP2);
                        } else {
                            super.visitFieldInsn(opcode, owner, name, type);
                        }
                        last = name;
                    }
                });
    }

    /** Has a method leave out some calls, the first of which is counted from 1, and go on with what the opcode says, if it is one. */
    Mutation withoutCall(String method, String called, int from, int times, int... instead) {
        return inMethod(
                method,
                "call of " + called,
                times,
                change -> next -> new MethodVisitor(ASM9, next) {
                    private int calls;

                    @Override
                    public void visitMethodInsn(
                            int opcode, String owner, String name, String type, boolean ofInterface) {
                        if (name.equals(called) && ++calls >= from && calls < from + times && change.hit()) {
                            Type[] arguments = Type.getArgumentTypes(type);
                            for (int i = arguments.length - 1; i >= 0; i--) {
                                super.visitInsn(arguments[i].getSize() == 2 ? POP2 : POP);
                            }
                            super.visitInsn(POP); // whose method it is
                            for (int each : instead) {
                                super.visitInsn(each);
                            }
                        } else {
                            super.visitMethodInsn(opcode, owner, name, type, ofInterface);
                        }
                    }
                });
    }

    /** Has a method take no monitor: once, and released at either end. */
    Mutation unsynchronized(String method) {
        return inMethod(
                method,
                "monitor",
                3,
                change -> next -> new MethodVisitor(ASM9, next) {
                    @Override
                    public void visitInsn(int opcode) {
                        boolean monitor = (opcode == MONITORENTER || opcode == MONITOREXIT) && change.hit();
                        super.visitInsn(monitor ? POP : opcode);
                    }
                });
    }

    private Mutation inMethod(
            String method,
            String place,
            int times,
            java.util.function.Function<Change, UnaryOperator<MethodVisitor>> edit) {
        return change(new Change(place + " in " + method, times) {
            @Override
            ClassVisitor in(ClassVisitor next) {
                UnaryOperator<MethodVisitor> around = edit.apply(this);
                return new ClassVisitor(ASM9, next) {
                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access,
                            String name,
                            String type,
                            @Nullable String generic,
                            String @Nullable [] thrown) {
                        MethodVisitor visitor = super.visitMethod(access, name, type, generic, thrown);
                        return name.equals(method) ? around.apply(visitor) : visitor;
                    }
                };
            }
        });
    }

    private Mutation change(Change change) {
        changes.add(change);
        return this;
    }

    /** Returns the name of the class, with slashes. */
    String internalName() {
        return className.replace('.', '/');
    }

    /** Hands the class on with its changes. */
    void accept(ClassReader compiled, ClassVisitor next) {
        ClassVisitor visitor = next;
        for (Change change : changes) {
            change.found = 0;
            visitor = change.in(visitor);
        }
        compiled.accept(visitor, 0);
        changes.forEach(change -> change.check(className));
    }

    /** One place, and what becomes of it. */
    private abstract static class Change {
        private final String place;
        private final int expected;
        private int found;

        Change(String place, int expected) {
            this.place = place;
            this.expected = expected;
        }

        abstract ClassVisitor in(ClassVisitor next);

        boolean hit() {
            found++;
            return true;
        }

        void check(String className) {
            if (found != expected) {
                throw new AssertionError(
                        className + " has " + found + " times a " + place + ", and not " + expected + " times");
            }
        }
    }

    @Override
    public String toString() {
        return className;
    }
}
