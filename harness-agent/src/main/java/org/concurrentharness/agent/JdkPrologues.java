package org.concurrentharness.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What comes first in some methods of the JDK: the probe is asked, and often its answer ends the method. */
final class JdkPrologues {
    private static final String THREAD = "java/lang/Thread";
    private static final String LOCK_SUPPORT = "java/util/concurrent/locks/LockSupport";
    private static final String STATE = "java/lang/Thread$State";

    private static final Map<String, Supplier<InsnList>> PROLOGUES = new HashMap<>();

    static {
        // start(ThreadContainer) is rewritten inside instead, see JdkThreadStart
        put(THREAD, "start()V", () -> returnIf("start", "(Ljava/lang/Thread;)Z", aload(0)));
        put(THREAD, "join(J)V", () -> returnIf("jdkJoin", "(Ljava/lang/Thread;J)Z", aload(0), lload(1)));
        put(THREAD, "interrupt()V", () -> returnIf("interrupt", "(Ljava/lang/Thread;)Z", aload(0)));
        put(
                THREAD,
                "dispatchUncaughtException(Ljava/lang/Throwable;)V",
                () -> returnIf("uncaught", "(Ljava/lang/Thread;Ljava/lang/Throwable;)Z", aload(0), aload(1)));
        // fork-join pools hand what a task throws to the handler themselves
        put(
                "java/lang/ThreadGroup",
                "uncaughtException(Ljava/lang/Thread;Ljava/lang/Throwable;)V",
                () -> returnIf("uncaught", "(Ljava/lang/Thread;Ljava/lang/Throwable;)Z", aload(1), aload(2)));
        put(THREAD, "isInterrupted()Z", () -> answerUnlessNegative("isInterrupted", "(Ljava/lang/Thread;)I", aload(0)));
        // JDK 17: a private static native method does the sleeping, call sites are rewritten instead
        put(THREAD, "sleepNanos(J)V", () -> returnIf("jdkSleepNanos", "(J)Z", lload(0)));
        // getState on JDK 17, threadState since; alive since JDK 19, native before
        put(THREAD, "getState()L" + STATE + ";", JdkPrologues::state);
        put(THREAD, "threadState()L" + STATE + ";", JdkPrologues::state);
        put(THREAD, "alive()Z", () -> answerUnlessNegative("alive", "(Ljava/lang/Thread;)I", aload(0)));
        put(THREAD, "nextThreadNum()I", () -> answerUnlessNegative("threadNumber", "()I"));
        put(THREAD + "$ThreadNumbering", "next()I", () -> answerUnlessNegative("threadNumber", "()I"));
        put(THREAD, "nextThreadID()J", () -> answerUnlessNegativeLong("threadId", "()J"));
        put(THREAD + "$ThreadIdentifiers", "next()J", () -> answerUnlessNegativeLong("threadId", "()J"));
        for (String type : new String[] {
            THREAD,
            "java/lang/ThreadBuilders$BoundVirtualThread",
            "java/util/TimerThread",
            "java/util/concurrent/DelayScheduler",
            "java/util/concurrent/ForkJoinWorkerThread"
        }) {
            put(type, "run()V", () -> tell("begin", "(Ljava/lang/Thread;)V", aload(0)));
        }
        put("java/util/concurrent/ThreadLocalRandom", "localInit()V", () -> returnIf("randomInit", "()Z"));
        // what SecureRandom asks; not SecureRandom itself, since one that is seeded explicitly is to give what its seed
        // says
        for (String type : new String[] {
            "sun/security/provider/DRBG",
            "sun/security/provider/NativePRNG",
            "sun/security/provider/NativePRNG$Blocking",
            "sun/security/provider/NativePRNG$NonBlocking"
        }) {
            put(type, "engineNextBytes([B)V", () -> returnIf("randomBytes", "([B)Z", aload(1)));
        }
        // a handle that was called often gets code of its own; to make it draws identity hash codes, once, at the
        // caller's cost
        put("java/lang/invoke/MethodHandle", "customize()V", () -> returnIf("isManaged", "()Z"));
        // a worker that has taken a task may lose to another one before it begins
        for (String type : new String[] {"V", "I"}) {
            put("java/util/concurrent/ForkJoinTask", "doExec()" + type, () -> tell("task", "()V"));
        }
        put(
                "java/lang/ThreadBuilders",
                "newVirtualThread(Ljava/util/concurrent/Executor;Ljava/lang/String;ILjava/lang/Runnable;)Ljava/lang/Thread;",
                () -> answerUnlessNull(
                        THREAD,
                        "virtualThread",
                        "(Ljava/lang/String;ILjava/lang/Runnable;)Ljava/lang/Thread;",
                        aload(1),
                        new VarInsnNode(Opcodes.ILOAD, 2),
                        aload(3)));
        String park = "(Ljava/lang/Object;)Z";
        String timedPark = "(Ljava/lang/Object;J)Z";
        put(LOCK_SUPPORT, "park()V", () -> returnIf("park", park, (VarInsnNode) null));
        put(LOCK_SUPPORT, "park(Ljava/lang/Object;)V", () -> returnIf("park", park, aload(0)));
        put(LOCK_SUPPORT, "parkNanos(J)V", () -> returnIf("parkNanos", timedPark, null, lload(0)));
        put(
                LOCK_SUPPORT,
                "parkNanos(Ljava/lang/Object;J)V",
                () -> returnIf("parkNanos", timedPark, aload(0), lload(1)));
        put(LOCK_SUPPORT, "parkUntil(J)V", () -> returnIf("parkUntil", timedPark, null, lload(0)));
        put(
                LOCK_SUPPORT,
                "parkUntil(Ljava/lang/Object;J)V",
                () -> returnIf("parkUntil", timedPark, aload(0), lload(1)));
        put(LOCK_SUPPORT, "unpark(Ljava/lang/Thread;)V", () -> returnIf("unpark", "(Ljava/lang/Thread;)Z", aload(0)));
    }

    private JdkPrologues() {}

    /** Returns what comes first in a method, or null when nothing does. */
    static @Nullable InsnList find(String owner, String name, String descriptor) {
        Supplier<InsnList> prologue = PROLOGUES.get(owner + '.' + name + descriptor);
        return prologue == null ? null : prologue.get();
    }

    /** Returns whether something comes first in a method. */
    static boolean has(String owner, String name, String descriptor) {
        return PROLOGUES.containsKey(owner + '.' + name + descriptor);
    }

    private static void put(String owner, String method, Supplier<InsnList> prologue) {
        PROLOGUES.put(owner + '.' + method, prologue);
    }

    private static InsnList state() {
        return answerUnlessNull(STATE, "state", "(Ljava/lang/Thread;)L" + STATE + ";", aload(0));
    }

    private static VarInsnNode aload(int local) {
        return new VarInsnNode(Opcodes.ALOAD, local);
    }

    private static VarInsnNode lload(int local) {
        return new VarInsnNode(Opcodes.LLOAD, local);
    }

    private static InsnList tell(String probe, String descriptor, VarInsnNode... arguments) {
        InsnList list = new InsnList();
        for (VarInsnNode argument : arguments) {
            list.add(argument);
        }
        list.add(Code.probe(probe, descriptor));
        return list;
    }

    private static InsnList returnIf(String probe, String descriptor, @Nullable VarInsnNode... arguments) {
        InsnList list = new InsnList();
        for (VarInsnNode argument : arguments) {
            list.add(argument == null ? Code.insn(Opcodes.ACONST_NULL) : argument);
        }
        list.add(Code.probe(probe, descriptor));
        LabelNode goOn = new LabelNode();
        list.add(new JumpInsnNode(Opcodes.IFEQ, goOn));
        list.add(Code.insn(Opcodes.RETURN));
        list.add(goOn);
        list.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
        // the method's own code may begin with a frame, and two may not be at one place
        list.add(Code.insn(Opcodes.NOP));
        return list;
    }

    private static InsnList answerUnlessNull(String type, String probe, String descriptor, VarInsnNode... arguments) {
        return answer(tell(probe, descriptor, arguments), Opcodes.IFNULL, Opcodes.ARETURN, type);
    }

    private static InsnList answerUnlessNegative(String probe, String descriptor, VarInsnNode... arguments) {
        return answer(tell(probe, descriptor, arguments), Opcodes.IFLT, Opcodes.IRETURN, Opcodes.INTEGER);
    }

    private static InsnList answerUnlessNegativeLong(String probe, String descriptor, VarInsnNode... arguments) {
        InsnList list = tell(probe, descriptor, arguments);
        LabelNode goOn = new LabelNode();
        list.add(Code.insn(Opcodes.DUP2));
        list.add(Code.insn(Opcodes.LCONST_0));
        list.add(Code.insn(Opcodes.LCMP));
        list.add(new JumpInsnNode(Opcodes.IFLT, goOn));
        list.add(Code.insn(Opcodes.LRETURN));
        list.add(goOn);
        list.add(new FrameNode(Opcodes.F_SAME1, 0, null, 1, new Object[] {Opcodes.LONG}));
        list.add(Code.insn(Opcodes.POP2));
        return list;
    }

    private static InsnList answer(InsnList list, int otherwise, int result, Object type) {
        LabelNode goOn = new LabelNode();
        list.add(Code.insn(Opcodes.DUP));
        list.add(new JumpInsnNode(otherwise, goOn));
        list.add(Code.insn(result));
        list.add(goOn);
        list.add(new FrameNode(Opcodes.F_SAME1, 0, null, 1, new Object[] {type}));
        list.add(Code.insn(Opcodes.POP));
        return list;
    }
}
