package org.concurrentharness.explore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Proxy;
import org.concurrentharness.probe.ProbeListener;
import org.jspecify.annotations.Nullable;

/** Unpacks values with the classes of a campaign. On a managed thread the engine is off meanwhile, but not in constructors. */
final class CargoReader extends ObjectInputStream {
    private final Cargo cargo;
    private final ClassLoader loader;
    private final boolean makesAnew;
    private @Nullable ProbeListener paused;

    private CargoReader(Cargo cargo, ClassLoader loader, boolean makesAnew) throws IOException {
        super(new ByteArrayInputStream(cargo.bytes()));
        this.cargo = cargo;
        this.loader = loader;
        this.makesAnew = makesAnew;
        enableResolveObject(true);
    }

    /** Unpacks the values. */
    static Object unpack(Cargo cargo, ClassLoader loader) throws IOException, ReflectiveOperationException {
        return unpack(cargo, loader, true);
    }

    /** Unpacks an array, but for the elements that are to be made anew. */
    static Object[] unpackTemplate(Cargo cargo, ClassLoader loader) throws IOException, ReflectiveOperationException {
        return (Object[]) unpack(cargo, loader, false);
    }

    private static Object unpack(Cargo cargo, ClassLoader loader, boolean makesAnew)
            throws IOException, ReflectiveOperationException {
        ProbeListener paused = Uncontrolled.begin();
        try (CargoReader reader = new CargoReader(cargo, loader, makesAnew)) {
            reader.paused = paused;
            return reader.readObject();
        } finally {
            Uncontrolled.end(paused);
        }
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
        try {
            return Class.forName(descriptor.getName(), false, loader);
        } catch (ClassNotFoundException e) {
            return super.resolveClass(descriptor); // primitive types
        }
    }

    @Override
    @SuppressWarnings("deprecation") // Proxy.getProxyClass: there is no other way to the class alone
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = Class.forName(names[i], false, loader);
        }
        return Proxy.getProxyClass(loader, interfaces);
    }

    /**
     * Takes the campaign's class for the one that was written: the agent may have taken modifiers from it that count for the
     * default {@code serialVersionUID}, and nothing else can differ.
     */
    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        ObjectStreamClass written = super.readClassDescriptor();
        Class<?> type = resolveClass(written);
        ObjectStreamClass own = ObjectStreamClass.lookup(type);
        return own != null && own.getSerialVersionUID() != written.getSerialVersionUID() ? own : written;
    }

    @Override
    protected Object resolveObject(Object object) throws IOException {
        if (object instanceof Cargo.Reference reference) {
            return cargo.references().get(reference.index());
        }
        if (object instanceof Cargo.Anew anew) {
            return makesAnew ? make(anew) : anew;
        }
        return object;
    }

    private Object make(Cargo.Anew anew) throws IOException {
        try {
            MethodHandle constructor = Anew.constructor(Class.forName(anew.className(), false, loader));
            Uncontrolled.end(paused);
            try {
                return (Object) constructor.invokeExact();
            } finally {
                Uncontrolled.begin();
            }
        } catch (RuntimeException | Error | IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(anew.className() + " cannot be made anew in the campaign.", e);
        }
    }
}
