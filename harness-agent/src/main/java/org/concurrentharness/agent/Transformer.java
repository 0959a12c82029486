package org.concurrentharness.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites classes while the JVM defines or retransforms them.
 *
 * <p>Registered as able to retransform, so that it runs after those that are not: coverage agents see the original bytes.
 */
final class Transformer implements ClassFileTransformer {
    /** Campaigns define the same classes again and again. */
    private final Map<Key, byte[]> cache = new ConcurrentHashMap<>();

    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    private volatile boolean rewritesJdk;
    private volatile Set<String> inside = Set.of();

    private record Key(String name, boolean plain, int length, int hash, long checksum) {
        static Key of(String name, boolean plain, byte[] bytes) {
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            return new Key(name, plain, bytes.length, Arrays.hashCode(bytes), checksum.getValue());
        }
    }

    /** From now on, chosen JDK classes are rewritten too. */
    void rewriteJdk() {
        rewritesJdk = true;
    }

    /** From now on, classes of these packages of the JDK report plain accesses too. */
    void exploreInside(Set<String> packages) {
        inside = packages;
    }

    /** Returns whether a JDK class, by its internal name, is in a package that is explored inside. */
    boolean isInside(String name) {
        return !inside.isEmpty() && JdkClasses.isInside(name, inside);
    }

    List<String> failed() {
        return failed.stream().sorted().toList();
    }

    void fail(String className, Throwable reason) {
        failed.add(className.replace('/', '.') + ": " + reason);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null) {
            return null;
        }
        if (loader == null) {
            if (rewritesJdk && name.equals(OutlinedRewriter.NAME)) {
                return off(() -> OutlinedRewriter.rewrite(bytes), name);
            }
            boolean inside = isInside(name);
            return inside || (rewritesJdk && JdkClasses.isCandidate(name))
                    ? off(() -> JdkRewriter.rewrite(bytes, inside), name)
                    : null;
        }
        return loader instanceof CampaignLoader campaign
                ? off(() -> rewrite(loader, campaign.reportsPlainAccesses(), name, bytes), name)
                : null;
    }

    private byte[] rewrite(ClassLoader loader, boolean plain, String name, byte[] bytes) {
        Key key = Key.of(name, plain, bytes);
        byte[] rewritten = cache.get(key);
        if (rewritten == null) {
            rewritten = CampaignRewriter.rewrite(loader, bytes, plain, this::fail);
            cache.put(key, rewritten);
        }
        return rewritten;
    }

    private interface Rewriting {
        byte @Nullable [] rewrite();
    }

    /**
     * Rewrites with the engine off on this thread: a managed thread may be loading a class, and what the rewriting itself does is
     * none of the program's doing.
     */
    private byte @Nullable [] off(Rewriting rewriting, String name) {
        try (EngineOff off = EngineOff.begin()) {
            return rewriting.rewrite();
        } catch (Throwable e) { // the JVM would swallow it
            fail(name, e);
            return null;
        }
    }
}
