package org.concurrentharness.agent;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Rewrites a class of the JDK, by a retransformation: within its methods only. */
final class JdkRewriter {
    /** Calls replaced by a call of the probe with the same stack: by owner, name and descriptor, to name and descriptor. */
    private static final Map<String, String> REPLACED = Map.ofEntries(
            Map.entry("java/lang/System.nanoTime()J", "nanoTime()J"),
            Map.entry("java/lang/System.currentTimeMillis()J", "currentTimeMillis()J"),
            Map.entry("java/lang/Thread.yield()V", "jdkYield()V"),
            Map.entry("java/lang/Thread.onSpinWait()V", "jdkOnSpinWait()V"),
            Map.entry("java/lang/Thread.sleep(J)V", "jdkSleep(J)V"),
            Map.entry("java/lang/Thread.sleep(JI)V", "jdkSleep(JI)V"),
            Map.entry("java/lang/Object.wait()V", "jdkMonitorWait(Ljava/lang/Object;)V"),
            Map.entry("java/lang/Object.wait(J)V", "jdkMonitorWait(Ljava/lang/Object;J)V"),
            Map.entry("java/lang/Object.wait(JI)V", "jdkMonitorWait(Ljava/lang/Object;JI)V"),
            Map.entry("java/lang/Object.notify()V", "jdkMonitorNotify(Ljava/lang/Object;)V"),
            Map.entry("java/lang/Object.notifyAll()V", "jdkMonitorNotifyAll(Ljava/lang/Object;)V"),
            Map.entry("jdk/internal/misc/Unsafe.park(ZJ)V", "unsafePark(Ljava/lang/Object;ZJ)V"),
            Map.entry(
                    "jdk/internal/misc/Unsafe.unpark(Ljava/lang/Object;)V",
                    "unsafeUnpark(Ljava/lang/Object;Ljava/lang/Object;)V"));

    /** Their names: most calls are known by theirs not to be among them. */
    private static final Set<String> REPLACED_NAMES = Set.of(
            "nanoTime",
            "currentTimeMillis",
            "yield",
            "onSpinWait",
            "sleep",
            "wait",
            "notify",
            "notifyAll",
            "park",
            "unpark");

    /** Static executors, which would keep state of dead executions. */
    private static final Set<String> POOLS = Set.of("common", "ASYNC_POOL", "delayer");

    private static final String POOL = "java/util/concurrent/ForkJoinPool";
    private static final String THREAD_POOL = "java/util/concurrent/ThreadPoolExecutor";
    private static final String EXECUTOR = "java/util/concurrent/Executor";

    private final ClassNode node = new ClassNode();
    private boolean changed;

    private final Hierarchy.View hierarchy = Hierarchy.jdk();
    private final Fields fields = new Fields(hierarchy);
    private final boolean inside;

    private JdkRewriter(boolean inside) {
        this.inside = inside;
    }

    /**
     * Returns the rewritten class, or null when nothing in it needs rewriting.
     *
     * @param inside whether the class is explored inside, beyond what its package always reports
     */
    static byte @Nullable [] rewrite(byte[] bytes, boolean inside) {
        return new JdkRewriter(inside).run(bytes);
    }

    private byte @Nullable [] run(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        hierarchy.put(ClassInfo.read(reader));
        reader.accept(node, 0);
        for (MethodNode method : node.methods) {
            if (method.instructions.size() > 0) {
                rewrite(method);
            }
        }
        if (!changed) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        node.accept(writer);
        byte[] rewritten = writer.toByteArray();
        return node.name.equals("java/lang/Thread") ? JdkThreadStart.rewrite(rewritten) : rewritten;
    }

    private void rewrite(MethodNode method) {
        boolean calls = JdkClasses.rewritesCalls(node.name);
        boolean monitors = inside || JdkClasses.shadowsMonitors(node.name);
        boolean initializer = method.name.equals("<clinit>");
        JdkMemory memory = inside || (JdkClasses.reportsMemory(node.name) && !initializer)
                ? new JdkMemory(node.name, node.sourceFile, method, fields, inside)
                : null;
        AbstractInsnNode next;
        for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = next) {
            next = insn.getNext();
            if (memory != null) {
                report(method, insn, memory);
            }
            if (calls && insn instanceof MethodInsnNode call) {
                call(method, call);
            } else if (calls && !initializer && insn.getOpcode() == Opcodes.GETSTATIC) {
                getStatic(method, (FieldInsnNode) insn);
            } else if (monitors && insn.getOpcode() == Opcodes.MONITORENTER) {
                monitorEnter(method, insn, memory);
            } else if (monitors && insn.getOpcode() == Opcodes.MONITOREXIT) {
                monitorExit(method, insn);
            }
        }
        if (node.name.equals("java/lang/Thread") && (method.name.equals("getId") || method.name.equals("threadId"))) {
            threadId(method);
        }
        if (node.name.equals("java/lang/Thread") && method.name.equals("exit") && method.desc.equals("()V")) {
            Monitors.tellOfExit(method, node.name, node.version & 0xFFFF);
            changed = true;
        }
        InsnList prologue = JdkPrologues.find(node.name, method.name, method.desc);
        if (prologue != null) {
            method.instructions.insert(prologue);
            changed = true;
        }
        method.maxStack += Code.EXTRA_STACK;
    }

    private void threadId(MethodNode method) {
        for (AbstractInsnNode insn = method.instructions.getFirst(); insn != null; insn = insn.getNext()) {
            if (insn instanceof FieldInsnNode access && access.name.equals("tid")) {
                insert(method, insn, Code.of(Code.probe("visibleThreadId", "(J)J")));
            }
        }
    }

    private void report(MethodNode method, AbstractInsnNode insn, JdkMemory memory) {
        if (insn instanceof LineNumberNode line) {
            memory.line(line);
            return;
        }
        InsnList hook = memory.before(insn);
        if (hook != null) {
            method.instructions.insertBefore(insn, hook);
            if (insn instanceof MethodInsnNode call) {
                method.instructions.insert(insn, Accesses.after(call));
            }
            changed = true;
        }
    }

    private void monitorEnter(MethodNode method, AbstractInsnNode enter, @Nullable JdkMemory memory) {
        if (JdkClasses.waitsAtMonitors(node.name)) {
            standIn(method, enter);
            return;
        }
        InsnList hook = Code.of(Code.insn(Opcodes.DUP));
        if (memory == null) {
            hook.add(shadow("jdkMonitorEnter"));
        } else {
            hook.add(Code.hook("jdkMonitorEnter", memory.monitor()));
        }
        method.instructions.insertBefore(enter, hook);
        changed = true;
    }

    /** javac copies the lock and stores it for the exits: what is put before the copy stands for both. */
    private void standIn(MethodNode method, AbstractInsnNode enter) {
        AbstractInsnNode store = enter.getPrevious();
        AbstractInsnNode copy = store == null ? null : store.getPrevious();
        if (copy == null || store.getOpcode() != Opcodes.ASTORE || copy.getOpcode() != Opcodes.DUP) {
            throw new IllegalStateException(node.name + "." + method.name + " enters a monitor in an unknown way");
        }
        method.instructions.insertBefore(
                copy, Code.of(Code.probe("jdkMonitorStandIn", "(Ljava/lang/Object;)Ljava/lang/Object;")));
        changed = true;
    }

    private void insert(MethodNode method, AbstractInsnNode after, InsnList list) {
        method.instructions.insert(after, list);
        changed = true;
    }

    private static MethodInsnNode shadow(String probe) {
        return Code.probe(probe, "(Ljava/lang/Object;)V");
    }

    /**
     * The probe must hear of an exit after it, since it may let another thread run, which would block on the real monitor. Behind
     * the label that ends the protected range: javac lets a handler cover its own monitorexit, and the JIT compilers refuse a
     * method in which a call in that range could come back to an exit of a monitor that is no longer held.
     */
    private void monitorExit(MethodNode method, AbstractInsnNode exit) {
        AbstractInsnNode after = exit;
        for (AbstractInsnNode insn = exit.getNext(); insn != null; insn = insn.getNext()) {
            if (insn instanceof LabelNode) {
                after = insn;
            } else if (insn instanceof FrameNode) {
                // another path joins here, without the lock on its stack
                after = exit;
                break;
            } else if (!(insn instanceof LineNumberNode)) {
                break;
            }
        }
        method.instructions.insertBefore(exit, Code.insn(Opcodes.DUP));
        insert(method, after, Code.of(shadow("jdkMonitorExit")));
    }

    /** Returns whether a call in a class is a pool's call of a task. */
    static boolean takesTask(String className, String owner) {
        return (className.equals(THREAD_POOL) && owner.equals("java/lang/Runnable"))
                || (className.equals("java/util/TimerThread") && owner.equals("java/util/TimerTask"));
    }

    private void call(MethodNode method, MethodInsnNode call) {
        if (adjustsTime(call.owner, call.name)) {
            method.instructions.insertBefore(call, Code.insn(Opcodes.DUP2));
            insert(method, call, Code.of(Code.probe("nanoTimeAdjustment", "(JJ)J")));
            return;
        }
        if (takesTask(node.name, call.owner)) {
            // a worker that has taken a task may lose to another one before it begins
            method.instructions.insertBefore(call, Code.probe("task", "()V"));
            changed = true;
            return;
        }
        String probe = replacement(call.owner, call.name, call.desc);
        if (probe != null) {
            int name = probe.indexOf('(');
            method.instructions.set(call, Code.probe(probe.substring(0, name), probe.substring(name)));
            changed = true;
        }
    }

    private static boolean adjustsTime(String owner, String name) {
        return name.equals("getNanoTimeAdjustment") && owner.equals("jdk/internal/misc/VM");
    }

    private static @Nullable String replacement(String owner, String name, String descriptor) {
        return REPLACED_NAMES.contains(name) ? REPLACED.get(owner + '.' + name + descriptor) : null;
    }

    /** Returns whether a call is replaced where calls are. */
    static boolean rewritesCall(String owner, String name, String descriptor) {
        return adjustsTime(owner, name) || replacement(owner, name, descriptor) != null;
    }

    /** Returns whether the value of a static field is replaced where it is read; true at times when it is not. */
    static boolean rewritesRead(String owner, String name) {
        return owner.equals("java/util/ImmutableCollections") ? !name.startsWith("EMPTY") : POOLS.contains(name);
    }

    private void getStatic(MethodNode method, FieldInsnNode access) {
        if (access.owner.equals("java/util/ImmutableCollections")) {
            if (access.name.startsWith("SALT") && access.desc.equals("J")) {
                insert(method, access, Code.of(Code.probe("salt", "(J)J")));
            } else if (access.name.equals("REVERSE")) {
                insert(method, access, Code.of(Code.probe("reverse", "(Z)Z")));
            }
        } else if (POOLS.contains(access.name)) {
            pool(method, access);
        }
    }

    private void pool(MethodNode method, FieldInsnNode access) {
        String type = access.desc.substring(1, access.desc.length() - 1);
        if (type.equals(POOL)) {
            // since JDK 25 the pool for asynchronous tasks is always the common one, and declared as such
            String descriptor = "(" + access.desc + ")" + access.desc;
            insert(method, access, Code.of(Code.probe("commonPool", descriptor)));
        } else if (type.equals(EXECUTOR)) {
            insert(method, access, Code.of(Code.probe("asyncPool", "(" + access.desc + ")" + access.desc)));
        } else if (access.name.equals("delayer")) {
            insert(
                    method,
                    access,
                    Code.of(
                            Code.probe("staticPool", "(Ljava/lang/Object;)Ljava/lang/Object;"),
                            new TypeInsnNode(Opcodes.CHECKCAST, type)));
        }
    }
}
