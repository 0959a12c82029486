package org.concurrentharness.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.concurrentharness.probe.Probe;
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

    private record Key(String name, int length, int hash, long checksum) {
        static Key of(String name, byte[] bytes) {
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            return new Key(name, bytes.length, Arrays.hashCode(bytes), checksum.getValue());
        }
    }

    /** From now on, chosen JDK classes are rewritten too. */
    void rewriteJdk() {
        rewritesJdk = true;
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
            return rewritesJdk && JdkClasses.isCandidate(name) ? off(() -> JdkRewriter.rewrite(bytes), name) : null;
        }
        return loader instanceof CampaignLoader ? off(() -> campaign(loader, name, bytes), name) : null;
    }

    private byte[] campaign(ClassLoader loader, String name, byte[] bytes) {
        Key key = Key.of(name, bytes);
        byte[] rewritten = cache.get(key);
        if (rewritten == null) {
            rewritten = CampaignRewriter.rewrite(loader, bytes, this::fail);
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
        Thread self = Thread.currentThread();
        boolean managed = Probe.current == self;
        if (managed) {
            Probe.current = null;
        }
        try {
            return rewriting.rewrite();
        } catch (Throwable e) { // the JVM would swallow it
            fail(name, e);
            return null;
        } finally {
            if (managed) {
                Probe.current = self;
            }
        }
    }
}
