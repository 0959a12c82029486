package org.concurrentharness.explore;

import java.io.IOException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way into a campaign: what a lambda or an object of the application becomes when its class is loaded anew.
 *
 * <p>A lambda travels as the name of the method behind it and the values that it captures, any other body as its serialized
 * form. Values that can change are read again for each execution, on managed thread 0.
 */
final class BodyTransfer {
    private final ClassLoader parent;
    private final String name;
    private final boolean outcome;

    /** Null for a body that is no lambda. */
    private final @Nullable SerializedLambda lambda;

    /** What the lambda captures, as an array; or the body itself. */
    private final Cargo cargo;

    private BodyTransfer(
            ClassLoader parent, String name, boolean outcome, @Nullable SerializedLambda lambda, Cargo cargo) {
        this.parent = parent;
        this.name = name;
        this.outcome = outcome;
        this.lambda = lambda;
        this.cargo = cargo;
    }

    /** Takes up a body without an outcome. */
    static BodyTransfer of(ExplorationBody body, SharedPackages shared) {
        return of(body, false, shared);
    }

    /** Takes up a body with an outcome. */
    static BodyTransfer of(ExplorationCall<?> body, SharedPackages shared) {
        return of(body, true, shared);
    }

    private static BodyTransfer of(Serializable body, boolean outcome, SharedPackages shared) {
        ClassLoader parent = body.getClass().getClassLoader();
        if (parent instanceof CampaignClassLoader) {
            throw new IllegalStateException(Messages.NESTED);
        }
        if (parent == null) {
            parent = ClassLoader.getSystemClassLoader();
        }
        SerializedLambda lambda = CargoWriter.lambda(body);
        if (lambda == null) {
            Class<?> type = body.getClass();
            Class<?> self = type.getEnclosingClass();
            Cargo cargo = CargoWriter.pack(body, self, "The body " + type.getName(), shared);
            return new BodyTransfer(parent, type.getName(), outcome, null, cargo);
        }
        String capturing = lambda.getCapturingClass().replace('/', '.');
        @Nullable Object[] captured = new @Nullable Object[lambda.getCapturedArgCount()];
        for (int i = 0; i < captured.length; i++) {
            captured[i] = lambda.getCapturedArg(i);
        }
        Object self = captured.length > 0 ? captured[0] : null;
        Class<?> selfType = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
                        && lambda.getImplClass().equals(lambda.getCapturingClass())
                        && self != null
                ? self.getClass()
                : null;
        Cargo cargo = CargoWriter.pack(captured, selfType, "A lambda of " + capturing, shared);
        return new BodyTransfer(parent, name(lambda), outcome, lambda, cargo);
    }

    /** {@code lambda$transfer$0} is a lambda in the method {@code transfer}. */
    private static String name(SerializedLambda lambda) {
        String method = lambda.getImplMethodName();
        String type = lambda.getImplClass().replace('/', '.');
        if (method.startsWith("lambda$")) {
            int end = method.indexOf('$', "lambda$".length());
            method = end < 0 ? "" : method.substring("lambda$".length(), end);
            if (method.equals("new") || method.equals("static") || method.equals("null")) {
                method = "";
            }
        }
        return method.isEmpty() ? type : type + "#" + method;
    }

    /** Returns the loader that the body's classes come from. */
    ClassLoader parent() {
        return parent;
    }

    /** Returns the name of the test: the class and method that the body stands in. */
    String name() {
        return name;
    }

    /** Returns true when the body's result is an outcome to count. */
    boolean hasOutcome() {
        return outcome;
    }

    /** Finds what the body stands for in a campaign's class loader. */
    Arrived into(ClassLoader loader) throws ReflectiveOperationException, IOException {
        return new Arrived(loader, target(loader));
    }

    /** The handle takes the unpacked cargo and has type (Object)Object. */
    private MethodHandle target(ClassLoader loader) throws ReflectiveOperationException {
        SerializedLambda from = lambda;
        if (from == null) {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle run = outcome
                    ? lookup.findVirtual(ExplorationCall.class, "call", MethodType.methodType(Object.class))
                    : lookup.findVirtual(ExplorationBody.class, "run", MethodType.methodType(void.class));
            return run.asType(MethodType.methodType(Object.class, Object.class));
        }
        MethodHandle method = method(from, loader).asFixedArity();
        if (!outcome) {
            method = method.asType(method.type().changeReturnType(void.class));
        }
        return method.asSpreader(Object[].class, method.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object.class));
    }

    private static MethodHandle method(SerializedLambda lambda, ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
        String method = lambda.getImplMethodName();
        MethodType signature = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
        MethodHandles.Lookup lookup = type.getClassLoader() == loader
                ? MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                : MethodHandles.publicLookup();
        return switch (lambda.getImplMethodKind()) {
            case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(type, method, signature);
            case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(type, signature);
            case MethodHandleInfo.REF_invokeSpecial -> lookup.findSpecial(type, method, signature, type);
            default -> lookup.findVirtual(type, method, signature);
        };
    }

    /** The body in a campaign's class loader. */
    final class Arrived implements Program.Body {
        private final ClassLoader loader;
        private final MethodHandle target;

        /** What was unpacked, when it cannot change and so serves every execution; else null. */
        private final @Nullable Object unchanging;

        /** What is not serialized again for each execution, when the rest is made by constructors; else null. */
        private final @Nullable CargoTemplate template;

        private Arrived(ClassLoader loader, MethodHandle target) throws IOException, ReflectiveOperationException {
            this.loader = loader;
            this.target = target;
            this.unchanging = cargo.change() == Cargo.Change.NOTHING ? cargo.unpack(loader) : null;
            this.template = cargo.change() == Cargo.Change.MADE_ANEW ? new CargoTemplate(cargo, loader) : null;
        }

        @Override
        public @Nullable Object run() throws Throwable {
            return call(values());
        }

        /** Returns the body with its values for one execution, for several threads to run. */
        Program.Body bind() throws Throwable {
            Object values = values();
            return () -> call(values);
        }

        private Object values() throws Throwable {
            if (unchanging != null) {
                return unchanging;
            }
            return template != null ? template.values() : cargo.unpack(loader);
        }

        private @Nullable Object call(Object values) throws Throwable {
            Object result = (Object) target.invokeExact(values);
            return result == null && outcome ? "null" : result;
        }
    }
}
