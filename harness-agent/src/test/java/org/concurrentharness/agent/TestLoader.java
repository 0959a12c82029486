package org.concurrentharness.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Defines classes anew from their files, child first; rewritten only as a {@link Campaign}. */
class TestLoader extends ClassLoader {
    static final String PROGRAMS = "org.concurrentharness.agent.programs.";

    private final Predicate<String> own;
    private final Map<String, byte[]> generated = new HashMap<>();

    TestLoader(Predicate<String> own) {
        super(TestLoader.class.getClassLoader());
        this.own = own;
    }

    static Campaign campaign() {
        return new Campaign(name -> name.startsWith(PROGRAMS));
    }

    /** Adds a class that has no file. */
    void add(String name, byte[] bytes) {
        generated.put(name, bytes);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = generated.get(name);
            if (bytes == null && own.test(name)) {
                bytes = read(name);
            }
            // with a place of origin, as coverage agents want it
            return bytes == null
                    ? super.loadClass(name, resolve)
                    : defineClass(name, bytes, 0, bytes.length, TestLoader.class.getProtectionDomain());
        }
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The kind that the agent rewrites. */
    static final class Campaign extends TestLoader implements CampaignLoader {
        Campaign(Predicate<String> own) {
            super(own);
        }
    }

    /** Rewrites the programs, for other JVMs. */
    public static final class Programs extends TestLoader implements CampaignLoader {
        public Programs() {
            super(name -> name.startsWith(PROGRAMS));
        }
    }

    /** Rewrites the programs, plain accesses included. */
    public static final class Racing extends TestLoader implements CampaignLoader {
        public Racing() {
            this(name -> name.startsWith(PROGRAMS));
        }

        Racing(Predicate<String> own) {
            super(own);
        }

        @Override
        public boolean reportsPlainAccesses() {
            return true;
        }
    }
}
