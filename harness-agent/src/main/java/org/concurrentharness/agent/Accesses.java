package org.concurrentharness.agent;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Knows the methods that access a variable through something else: a {@code VarHandle}, a field updater, {@code Unsafe}.
 *
 * <p>The probe is told which object holds the variable, so that such an access and one of the field by its name are known to be
 * of the same variable.
 */
final class Accesses {
    static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String UNSAFE = "(Ljava/lang/Object;J";

    private Accesses() {}

    static boolean isUnsafe(String owner) {
        return owner.equals("sun/misc/Unsafe") || owner.equals("jdk/internal/misc/Unsafe");
    }

    /** Returns whether a method that accesses a variable answers whether it has changed it. */
    static boolean swaps(String name) {
        return name.startsWith("compareAndS") || name.startsWith("weakCompareAndS");
    }

    /** Returns what comes right after an access: the probe hears of a swap's success. */
    static InsnList after(MethodInsnNode call) {
        return swaps(call.name) ? Code.of(Code.insn(Opcodes.DUP), Code.probe("swapped", "(Z)V")) : new InsnList();
    }

    /** Returns how a method accesses a variable, or null when it does not. */
    static Site.@Nullable Kind kind(String owner, String name, String descriptor) {
        return switch (owner) {
            case VAR_HANDLE -> ofHandle(name);
            case "java/util/concurrent/atomic/AtomicIntegerFieldUpdater",
                    "java/util/concurrent/atomic/AtomicLongFieldUpdater",
                    "java/util/concurrent/atomic/AtomicReferenceFieldUpdater" -> ofUpdater(name);
            case "sun/misc/Unsafe", "jdk/internal/misc/Unsafe" -> descriptor.startsWith(UNSAFE) ? ofUnsafe(name) : null;
            default -> null;
        };
    }

    private static Site.@Nullable Kind ofHandle(String name) {
        return switch (name) {
            case "get" -> Site.Kind.READ;
            case "set" -> Site.Kind.WRITE;
            case "getVolatile", "getAcquire", "getOpaque" -> Site.Kind.VOLATILE_READ;
            case "setVolatile", "setRelease", "setOpaque" -> Site.Kind.VOLATILE_WRITE;
            default -> isUpdate(name) ? Site.Kind.UPDATE : null;
        };
    }

    private static Site.@Nullable Kind ofUpdater(String name) {
        return switch (name) {
            case "get" -> Site.Kind.VOLATILE_READ;
            case "set", "lazySet" -> Site.Kind.VOLATILE_WRITE;
            default -> isUpdate(name) || name.endsWith("AndGet") ? Site.Kind.UPDATE : null;
        };
    }

    private static Site.@Nullable Kind ofUnsafe(String name) {
        if (isUpdate(name)) {
            return Site.Kind.UPDATE;
        }
        boolean plain = !name.endsWith("Volatile")
                && !name.endsWith("Acquire")
                && !name.endsWith("Release")
                && !name.endsWith("Opaque")
                && !name.startsWith("putOrdered");
        if (name.startsWith("get")) {
            return plain ? Site.Kind.READ : Site.Kind.VOLATILE_READ;
        }
        if (name.startsWith("put")) {
            return plain ? Site.Kind.WRITE : Site.Kind.VOLATILE_WRITE;
        }
        return null;
    }

    private static boolean isUpdate(String name) {
        return name.startsWith("getAnd") || name.startsWith("compareAnd") || name.startsWith("weakCompareAnd");
    }

    /** Returns how many of a handle's arguments are values; those before them say where the variable is. */
    private static int values(String name) {
        if (name.startsWith("compareAnd") || name.startsWith("weakCompareAnd")) {
            return 2;
        }
        return name.startsWith("getAnd") || name.startsWith("set") ? 1 : 0;
    }

    /**
     * Returns the hook before an access.
     *
     * @param prefix of the probe's methods: empty, or {@code jdk}
     * @param freeLocal as for {@link Code#hookUnder}
     */
    static InsnList hook(MethodInsnNode call, String prefix, Site site, MethodNode method, int freeLocal) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        InsnList hook = new InsnList();
        if (call.owner.endsWith("/Unsafe")) {
            hook.add(new VarInsnNode(Opcodes.ALOAD, freeLocal));
            hook.add(new VarInsnNode(Opcodes.LLOAD, freeLocal + 1));
            hook.add(MethodContext.push(site.id()));
            hook.add(
                    Code.probe(prefix.isEmpty() ? "unsafeAccess" : prefix + "UnsafeAccess", "(Ljava/lang/Object;JI)V"));
        } else {
            int coordinates = call.owner.equals(VAR_HANDLE) ? arguments.length - values(call.name) : 1;
            boolean indexed =
                    coordinates == 2 && arguments[1].getSort() >= Type.CHAR && arguments[1].getSort() <= Type.INT;
            hook.add(Code.insn(Opcodes.DUP));
            hook.add(
                    coordinates == 0 || arguments[0].getSort() < Type.ARRAY
                            ? Code.insn(Opcodes.ACONST_NULL)
                            : new VarInsnNode(Opcodes.ALOAD, freeLocal));
            hook.add(indexed ? new VarInsnNode(Opcodes.ILOAD, freeLocal + 1) : Code.insn(Opcodes.ICONST_M1));
            hook.add(MethodContext.push(site.id()));
            hook.add(Code.probe(
                    prefix.isEmpty() ? "access" : prefix + "Access", "(Ljava/lang/Object;Ljava/lang/Object;II)V"));
        }
        return Code.around(arguments, hook, method, freeLocal);
    }
}
