package org.concurrentharness.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Knows the calls of the JDK that read or change arrays and collections which they are given, and reports that. */
final class BulkCalls {
    private static final String ARRAYS = "java/util/Arrays";
    private static final String COLLECTIONS = "java/util/Collections";

    /** Methods of Arrays that change the array; the others read it. */
    private static final Set<String> ARRAY_WRITES =
            Set.of("fill", "parallelPrefix", "parallelSetAll", "parallelSort", "setAll", "sort");

    /** Methods of Arrays that make a view, which is read later if at all. */
    private static final Set<String> ARRAY_VIEWS = Set.of("asList", "spliterator", "stream");

    /** Methods of Collections that change the first argument; the others read it, but for those that make views. */
    private static final Set<String> COLLECTION_WRITES =
            Set.of("addAll", "copy", "fill", "replaceAll", "reverse", "rotate", "shuffle", "sort", "swap");

    private static final List<String> COLLECTION_VIEWS = List.of(
            "unmodifiable", "synchronized", "checked", "newSetFromMap", "asLifoQueue", "newSequencedSetFromMap");

    /** Methods of collections and executors that read a collection they get. */
    private static final Set<String> READERS = Set.of(
            "<init>",
            "addAll",
            "addAllAbsent",
            "containsAll",
            "copyOf",
            "invokeAll",
            "invokeAny",
            "putAll",
            "removeAll",
            "retainAll");

    private static final Set<String> COLLECTION_TYPES = Set.of(
            "Ljava/util/Collection;",
            "Ljava/util/EnumMap;",
            "Ljava/util/EnumSet;",
            "Ljava/util/List;",
            "Ljava/util/Map;",
            "Ljava/util/PriorityQueue;",
            "Ljava/util/SortedMap;",
            "Ljava/util/SortedSet;");

    private BulkCalls() {}

    /**
     * What a call does to one of its arguments.
     *
     * @param local where the argument is, counted in slots from the first argument
     * @param hasRange whether the next two arguments are the bounds of a range
     */
    private record Touch(int local, boolean isArray, boolean hasRange, boolean writes) {}

    /**
     * Returns the hook before a call, or null when it touches nothing that it is given.
     *
     * @param owner the class that declares the method
     * @param freeLocal as for {@link Code#hookUnder}
     */
    static @Nullable InsnList hook(
            MethodInsnNode call, String owner, MethodContext context, MethodNode method, int freeLocal) {
        String target = (call.name.equals("<init>") ? "new " : "")
                + MethodContext.simple(owner)
                + (call.name.equals("<init>") ? "" : "." + call.name);
        if (call.name.equals("clone") && call.owner.charAt(0) == '[') {
            InsnList hook = Code.of(Code.insn(Opcodes.DUP));
            hook.add(touch("wholeArray", "(Ljava/lang/Object;ZI)V", false, context.bulk("array.clone", false)));
            return hook;
        }
        if (!owner.startsWith("java/util/")) {
            return null;
        }
        Type[] arguments = Type.getArgumentTypes(call.desc);
        List<Touch> touches = touches(owner, call.name, arguments);
        if (touches.isEmpty()) {
            return null;
        }
        InsnList hook = new InsnList();
        for (Touch touch : touches) {
            Site site = context.bulk(target, touch.writes);
            int local = freeLocal + touch.local;
            hook.add(new VarInsnNode(Opcodes.ALOAD, local));
            if (!touch.isArray) {
                hook.add(Code.hook("argument", site));
            } else if (touch.hasRange) {
                hook.add(new VarInsnNode(Opcodes.ILOAD, local + 1));
                hook.add(new VarInsnNode(Opcodes.ILOAD, local + 2));
                hook.add(touch("arrayRange", "(Ljava/lang/Object;IIZI)V", touch.writes, site));
            } else {
                hook.add(touch("wholeArray", "(Ljava/lang/Object;ZI)V", touch.writes, site));
            }
        }
        return Code.around(arguments, hook, method, freeLocal);
    }

    private static InsnList touch(String probe, String descriptor, boolean writes, Site site) {
        return Code.of(
                Code.insn(writes ? Opcodes.ICONST_1 : Opcodes.ICONST_0),
                MethodContext.push(site.id()),
                Code.probe(probe, descriptor));
    }

    private static List<Touch> touches(String owner, String name, Type[] arguments) {
        boolean arrays = owner.equals(ARRAYS) && !ARRAY_VIEWS.contains(name);
        boolean algorithm =
                owner.equals(COLLECTIONS) && COLLECTION_VIEWS.stream().noneMatch(name::startsWith);
        if (!arrays && !algorithm && (!READERS.contains(name) || owner.equals(ARRAYS) || owner.equals(COLLECTIONS))) {
            return List.of();
        }
        List<Touch> touches = new ArrayList<>();
        int local = 0;
        for (int i = 0; i < arguments.length; i++) {
            if (arrays && arguments[i].getSort() == Type.ARRAY) {
                touches.add(new Touch(local, true, hasRange(arguments, i), ARRAY_WRITES.contains(name)));
            } else if (!arrays && COLLECTION_TYPES.contains(arguments[i].getDescriptor())) {
                boolean writes = algorithm && i == 0 && COLLECTION_WRITES.contains(name);
                touches.add(new Touch(local, false, false, writes));
            }
            local += arguments[i].getSize();
        }
        return touches;
    }

    /** Arrays.fill(int[], int) has one number behind the array, and so has copyOf; all with two and more have the bounds first. */
    private static boolean hasRange(Type[] arguments, int array) {
        return array + 2 < arguments.length
                && arguments[array + 1].getSort() == Type.INT
                && arguments[array + 2].getSort() == Type.INT;
    }
}
