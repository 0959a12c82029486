package org.concurrentharness.explore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Packs values for a campaign; what cannot travel is refused. */
final class CargoWriter extends ObjectOutputStream {
    private static final Set<Class<?>> UNCHANGING = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            Locale.class,
            URI.class,
            Pattern.class);

    private final Object root;
    private final SharedPackages shared;
    private final @Nullable Class<?> self;
    private final String owner;
    private final List<Object> references = new ArrayList<>();
    private Cargo.Change change = Cargo.Change.NOTHING;

    private CargoWriter(OutputStream out, Object root, @Nullable Class<?> self, String owner, SharedPackages shared)
            throws IOException {
        super(out);
        this.root = root;
        this.shared = shared;
        this.self = self;
        this.owner = owner;
        enableReplaceObject(true);
    }

    /**
     * Packs a value.
     *
     * @param root the value
     * @param self the class of the enclosing instance, which is made anew whatever its state; null for none
     * @param owner whose value it is, as the beginning of a message
     * @param shared the packages whose objects pass as they are
     * @throws IllegalArgumentException when something in it cannot travel
     */
    static Cargo pack(Object root, @Nullable Class<?> self, String owner, SharedPackages shared) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CargoWriter writer = new CargoWriter(bytes, root, self, owner, shared)) {
            writer.writeObject(root);
            writer.flush();
            return new Cargo(bytes.toByteArray(), List.copyOf(writer.references), writer.change, owner);
        } catch (NotSerializableException e) {
            throw refusal(owner, "a " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalArgumentException(owner + " cannot be serialized: " + e + ".", e);
        }
    }

    /** Returns what a lambda says of itself, or null when {@code body} is no lambda. */
    static @Nullable SerializedLambda lambda(Serializable body) {
        SerializedLambda[] found = {null};
        // Serialization may call writeReplace where reflection may not.
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream()) {
            {
                enableReplaceObject(true);
            }

            @Override
            protected @Nullable Object replaceObject(Object object) {
                if (object instanceof SerializedLambda lambda) {
                    found[0] = lambda;
                }
                return null;
            }
        }) {
            out.writeObject(body);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The body " + body.getClass().getName() + " cannot be serialized: " + e + ".", e);
        }
        return found[0];
    }

    @Override
    protected Object replaceObject(Object object) throws NotSerializableException {
        Class<?> type = object.getClass();
        if ((object == root && type == Object[].class) || UNCHANGING.contains(type) || object instanceof Enum) {
            return object;
        }
        if (object instanceof Path || object instanceof Charset) {
            return reference(object);
        }
        if (type.getPackageName().equals("java.time")) {
            return object;
        }
        if (object instanceof Serializable || type.isArray()) {
            change = Cargo.Change.ANYTHING;
            return object;
        }
        if (type == Object.class) {
            return anew(object);
        }
        if (shared.contains(type.getName()) || ClassSource.isHarness(type)) {
            return reference(object);
        }
        if (type == self) {
            if (!Anew.possible(type)) {
                throw new IllegalArgumentException(owner + " captures its enclosing " + type.getName()
                        + ", which has no constructor without arguments to be made anew by;"
                        + " make what it needs of it inside the body.");
            }
            return anew(object);
        }
        if (type.isHidden() || isOfJdk(type) || !Anew.possible(type)) {
            throw refusal(owner, type);
        }
        if (!Anew.like(object)) {
            throw new IllegalArgumentException(owner + " captures a " + type.getName()
                    + ", which was changed after its construction outside the campaign; make it inside the body.");
        }
        return anew(object);
    }

    private Cargo.Anew anew(Object object) {
        if (!isElementOfRoot(object)) {
            change = Cargo.Change.ANYTHING;
        } else if (change == Cargo.Change.NOTHING) {
            change = Cargo.Change.MADE_ANEW;
        }
        return new Cargo.Anew(object.getClass().getName());
    }

    private boolean isElementOfRoot(Object object) {
        if (root instanceof Object[] elements) {
            for (Object element : elements) {
                if (element == object) {
                    return true;
                }
            }
        }
        return false;
    }

    private Cargo.Reference reference(Object object) {
        references.add(object);
        return new Cargo.Reference(references.size() - 1);
    }

    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static IllegalArgumentException refusal(String owner, Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        return refusal(owner, lambda < 0 ? "a " + name : "another lambda of " + name.substring(0, lambda));
    }

    private static IllegalArgumentException refusal(String owner, String captured) {
        return new IllegalArgumentException(
                owner + " captures " + captured + ", which is made outside the campaign; make it inside the body.");
    }
}
