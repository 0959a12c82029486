package org.concurrentharness.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** Rewrites the body of one method of a campaign class. */
final class MethodRewriter {
    private final MethodNode method;
    private final MethodContext context;
    private final CallRules calls;
    private final Fields fields;
    private final Bridges bridges;
    private final InsnList code;

    /** Whether plain fields and array elements are reported. */
    private final boolean plain;

    /** The first local beyond those of the original code; see {@link Code#hookUnder}. */
    private final int freeLocal;

    private final Set<LabelNode> passed = new HashSet<>();

    /** True in a constructor until it has called another one: {@code this} may not be passed to anyone. */
    private boolean uninitialized;

    private int pendingNews;

    private final CoverageCounters counters;

    /** Whether the current instruction is a coverage agent's. */
    private boolean counts;

    MethodRewriter(
            MethodNode method, MethodContext context, CallRules calls, Fields fields, Bridges bridges, boolean plain) {
        this.method = method;
        this.context = context;
        this.calls = calls;
        this.fields = fields;
        this.bridges = bridges;
        this.plain = plain;
        this.code = method.instructions;
        this.freeLocal = method.maxLocals;
        this.counters = new CoverageCounters(method);
        this.uninitialized = method.name.equals("<init>");
    }

    void run() {
        Monitors.dropSelfCoveringHandlers(method);
        AbstractInsnNode next;
        for (AbstractInsnNode insn = code.getFirst(); insn != null; insn = next) {
            next = insn.getNext();
            counts = plain && counters.accepts(insn);
            if (insn instanceof LabelNode label) {
                passed.add(label);
            } else if (insn instanceof LineNumberNode line) {
                context.line(line.line);
            } else if (insn instanceof MethodInsnNode call) {
                call(call);
                if (plain) {
                    bulk(call);
                }
            } else if (insn instanceof FieldInsnNode access) {
                field(access);
            } else if (insn instanceof InvokeDynamicInsnNode indy) {
                bridges.rewrite(indy, context);
            } else if (isBackward(insn)) {
                code.insertBefore(insn, Code.probe("loop", "()V"));
            } else {
                plain(insn);
            }
        }
        method.maxStack += Code.EXTRA_STACK;
    }

    private void plain(AbstractInsnNode insn) {
        switch (insn.getOpcode()) {
            case Opcodes.NEW -> pendingNews++;
            case Opcodes.MONITORENTER -> replace(insn, Code.hook("monitorEnter", monitor(Site.Kind.MONITOR_ENTER)));
            case Opcodes.MONITOREXIT -> replace(insn, Code.hook("monitorExit", monitor(Site.Kind.MONITOR_EXIT)));
            default -> {
                InsnList hook = plain ? ArrayAccesses.hook(insn, context, method, freeLocal) : null;
                if (hook != null && !counts) {
                    code.insertBefore(insn, hook);
                }
            }
        }
    }

    private Site monitor(Site.Kind kind) {
        return context.site(kind, "synchronized");
    }

    private void replace(AbstractInsnNode insn, InsnList by) {
        code.insert(insn, by);
        code.remove(insn);
    }

    private void call(MethodInsnNode call) {
        if (call.name.equals("<init>")) {
            // a constructor's own call of another constructor is the one that no NEW before it accounts for
            if (pendingNews == 0) {
                uninitialized = false;
            } else {
                pendingNews--;
            }
            return;
        }
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        CallRule rule = calls.find(call.owner, call.name, call.desc, isStatic);
        if (rule == null) {
            return;
        }
        Type result = Type.getReturnType(call.desc);
        if (rule.form() == CallRule.Form.REPLACE) {
            replaceCall(call, rule, isStatic);
            return;
        }
        if (rule.form() == CallRule.Form.ACCESS) {
            Site site = context.access(rule.kind(), rule.owner(), call.name);
            code.insertBefore(call, Accesses.hook(call, "", site, method, freeLocal));
            code.insert(call, Code.returned(result, site));
            code.insert(call, Accesses.after(call));
            return;
        }
        if (rule.form() == CallRule.Form.FENCE) {
            Integer modes = Objects.requireNonNull(MemoryModes.ofFence(call.owner, call.name, call.desc));
            Site site = context.fence(rule.owner(), call.name, modes);
            code.insertBefore(call, Code.of(MethodContext.push(site.id()), Code.probe("fence", "(I)V")));
            return;
        }
        Site site = context.call(rule.kind(), rule.owner(), call.name, isStatic);
        InsnList hook = Code.hook(rule.probe(), site);
        InsnList before;
        if (isStatic) {
            if (!rule.probe().equals("call")) {
                return; // a factory or an algorithm: there is no receiver to look at
            }
            hook.insert(Code.insn(Opcodes.ACONST_NULL));
            before = hook;
        } else if (ListElements.isAccess(call) && ListElements.PROBES.contains(rule.probe())) {
            before = ListElements.hook(call, rule.probe(), site, method, freeLocal);
        } else {
            before = Code.hookUnder(Type.getArgumentTypes(call.desc), hook, method, freeLocal);
        }
        code.insertBefore(call, before);
        if (!rule.probe().equals("collection")) {
            code.insert(call, Code.returned(result, site));
        }
    }

    /** Last of what comes before a call: there is no point in between. */
    private void bulk(MethodInsnNode call) {
        String owner = calls.declaringJdkClass(call.owner, call.name, call.desc);
        InsnList hook = owner == null ? null : BulkCalls.hook(call, owner, context, method, freeLocal);
        if (hook != null) {
            code.insertBefore(call, hook);
        }
    }

    private void replaceCall(MethodInsnNode call, CallRule rule, boolean isStatic) {
        StringBuilder descriptor = new StringBuilder("(");
        if (!isStatic) {
            boolean any = rule.owner().endsWith("/Unsafe");
            descriptor.append(any ? "Ljava/lang/Object;" : "L" + rule.owner() + ";");
        }
        int end = call.desc.indexOf(')');
        descriptor.append(call.desc, 1, end);
        if (rule.takesSite()) {
            Site site = context.call(rule.kind(), rule.owner(), call.name, isStatic);
            code.insertBefore(call, MethodContext.push(site.id()));
            descriptor.append('I');
        }
        descriptor.append(call.desc, end, call.desc.length());
        code.set(call, Code.probe(rule.probe(), descriptor.toString()));
    }

    private void field(FieldInsnNode access) {
        if (uninitialized && access.getOpcode() == Opcodes.PUTFIELD) {
            return;
        }
        if (plain && fields.readsFrozen(access, context.internalName(), method.name)) {
            code.insertBefore(
                    access, Code.of(Code.insn(Opcodes.DUP), Code.probe("finalRead", "(Ljava/lang/Object;)V")));
            return;
        }
        Hierarchy.Member field = fields.find(access);
        if (field == null) {
            return;
        }
        boolean isVolatile = field.is(Opcodes.ACC_VOLATILE);
        if (!isVolatile && !plain) {
            return;
        }
        boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
        boolean isRead = access.getOpcode() == Opcodes.GETFIELD || access.getOpcode() == Opcodes.GETSTATIC;
        Site site = context.field(Fields.kind(isVolatile, isRead), field.owner(), access.name, isStatic);
        String probe = isVolatile ? (isRead ? "volatileRead" : "volatileWrite") : (isRead ? "read" : "write");
        code.insertBefore(access, Fields.hook(access, Code.hook(probe, site), method, freeLocal));
        if (isVolatile && isRead) {
            code.insert(access, Code.returned(Type.getType(access.desc), site));
        }
    }

    private boolean isBackward(AbstractInsnNode insn) {
        if (insn instanceof JumpInsnNode jump) {
            return passed.contains(jump.label);
        }
        if (insn instanceof TableSwitchInsnNode table) {
            return isBackward(table.dflt, table.labels);
        }
        return insn instanceof LookupSwitchInsnNode lookup && isBackward(lookup.dflt, lookup.labels);
    }

    private boolean isBackward(@Nullable LabelNode otherwise, List<LabelNode> labels) {
        return passed.contains(otherwise) || labels.stream().anyMatch(passed::contains);
    }
}
