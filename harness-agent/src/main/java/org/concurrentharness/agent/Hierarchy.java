package org.concurrentharness.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/**
 * The classes as a class loader sees them, read from their files.
 *
 * <p>Loading them instead would run user code's class loaders while the JVM defines a class, and could ask for the very class
 * that is being defined. A class whose file is not found (a proxy, a generated class) is taken for one without members.
 */
final class Hierarchy {
    private static final Map<String, Optional<ClassInfo>> JDK = new ConcurrentHashMap<>();
    private static final Map<ClassLoader, Hierarchy> OF_LOADERS = new WeakHashMap<>();

    /** Not a field that refers to the loader: the value of a weak map must not hold its key. */
    private final Map<String, Optional<ClassInfo>> classes = new ConcurrentHashMap<>();

    private Hierarchy() {}

    static View of(ClassLoader loader) {
        synchronized (OF_LOADERS) {
            return new View(OF_LOADERS.computeIfAbsent(loader, l -> new Hierarchy()), loader);
        }
    }

    /** The JDK's own classes. */
    static View jdk() {
        return new View(new Hierarchy(), ClassLoader.getPlatformClassLoader());
    }

    /** Returns whether a class is the JDK's, by its internal name. */
    static boolean isJdk(String name) {
        return name.startsWith("java/")
                || name.startsWith("javax/")
                || name.startsWith("jdk/")
                || name.startsWith("sun/")
                || name.startsWith("com/sun/");
    }

    /** A declared member: the class that declares it, and its access flags. */
    record Member(String owner, int access) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }

    /** The classes that one loader sees; used while one class is rewritten. */
    static final class View {
        private final Hierarchy hierarchy;
        private final ClassLoader loader;

        private View(Hierarchy hierarchy, ClassLoader loader) {
            this.hierarchy = hierarchy;
            this.loader = loader;
        }

        void put(ClassInfo info) {
            map(info.name()).put(info.name(), Optional.of(info));
        }

        @Nullable
        ClassInfo find(String name) {
            Map<String, Optional<ClassInfo>> map = map(name);
            Optional<ClassInfo> known = map.get(name);
            if (known == null) {
                // not computeIfAbsent: reading may load classes, which may come back here
                known = read(name);
                map.put(name, known);
            }
            return known.orElse(null);
        }

        private Map<String, Optional<ClassInfo>> map(String name) {
            return isJdk(name) ? JDK : hierarchy.classes;
        }

        private Optional<ClassInfo> read(String name) {
            try (InputStream in = loader.getResourceAsStream(name + ".class")) {
                return in == null ? Optional.empty() : Optional.of(ClassInfo.read(in));
            } catch (IOException | RuntimeException e) {
                return Optional.empty();
            }
        }

        /** Finds a field as the JVM resolves it (JVMS 5.4.3.2). */
        @Nullable
        Member field(String owner, String name, String descriptor) {
            ClassInfo info = find(owner);
            if (info == null) {
                return null;
            }
            Integer access = info.fields().get(name + descriptor);
            if (access != null) {
                return new Member(owner, access);
            }
            for (String type : info.interfaces()) {
                Member found = field(type, name, descriptor);
                if (found != null) {
                    return found;
                }
            }
            return info.superName() == null ? null : field(info.superName(), name, descriptor);
        }

        /** Finds a method as the JVM resolves it (JVMS 5.4.3.3): superclasses first, then interfaces. */
        @Nullable
        Member method(String owner, String name, String descriptor) {
            String key = name + descriptor;
            for (ClassInfo info = find(owner); info != null; info = superclass(info)) {
                Integer access = info.methods().get(key);
                if (access != null) {
                    return new Member(info.name(), access);
                }
            }
            for (ClassInfo info = find(owner); info != null; info = superclass(info)) {
                Member found = interfaceMethod(info, key);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        private @Nullable Member interfaceMethod(ClassInfo info, String key) {
            Member abstractOne = null;
            for (String type : info.interfaces()) {
                ClassInfo one = find(type);
                if (one == null) {
                    continue;
                }
                Integer access = one.methods().get(key);
                Member found = access == null ? interfaceMethod(one, key) : new Member(type, access);
                if (found != null && !found.is(Opcodes.ACC_ABSTRACT)) {
                    return found;
                }
                abstractOne = abstractOne == null ? found : abstractOne;
            }
            return abstractOne;
        }

        private @Nullable ClassInfo superclass(ClassInfo info) {
            return info.superName() == null ? null : find(info.superName());
        }

        boolean isThread(@Nullable String name) {
            String ancestor = name;
            while (ancestor != null && !ancestor.equals("java/lang/Object")) {
                if (ancestor.equals("java/lang/Thread")) {
                    return true;
                }
                ClassInfo info = find(ancestor);
                ancestor = info == null ? null : info.superName();
            }
            return false;
        }

        /**
         * Returns whether a class inherits from a JDK class other than Object. Most classes do not, and then none of their
         * methods needs to be looked up.
         */
        boolean inheritsFromJdk(String name) {
            ClassInfo info = find(name);
            if (info == null) {
                return false;
            }
            String ancestor = info.superName();
            if (ancestor != null && !ancestor.equals("java/lang/Object") && isOrInheritsFromJdk(ancestor)) {
                return true;
            }
            for (String type : info.interfaces()) {
                if (isOrInheritsFromJdk(type)) {
                    return true;
                }
            }
            return false;
        }

        private boolean isOrInheritsFromJdk(String name) {
            return isJdk(name) || inheritsFromJdk(name);
        }
    }
}
