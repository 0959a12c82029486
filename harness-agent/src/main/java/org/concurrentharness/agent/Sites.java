package org.concurrentharness.agent;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sites of all rewritten classes.
 *
 * <p>A class that is rewritten again, for another campaign's loader, gets the same sites. Lookups take no lock: an id reaches
 * its reader in the code of a class, which the JVM defined after the id was registered, so the reader sees at least the arrays
 * that hold it.
 *
 * @since 0.1
 */
public final class Sites {
    private static final Map<Site, Site> REGISTERED = new HashMap<>();

    /**
     * The {@link MemoryModes} of each site, by its number. To be read only. A field, since the race detector asks at every access.
     */
    @SuppressWarnings("MutablePublicArray")
    public static byte[] modes = new byte[1024];

    private static Site[] sites = new Site[1024];
    private static int[] hashes = new int[1024];
    private static int[] locations = new int[1024];
    private static int[] places = new int[1024];
    private static boolean[] readOnly = new boolean[1024];
    private static boolean[] writes = new boolean[1024];
    private static boolean[] inside = new boolean[1024];
    private static Set<String> insidePackages = Set.of();
    private static int next = 1;

    static {
        sites[0] = new Site(0, Site.Kind.CALL, "java.lang.Object", "?", null, 0, "JDK", null, null, true, false, 0, 0);
    }

    private Sites() {}

    /**
     * Returns the site of a number that rewritten code passed to the probe.
     *
     * @throws IndexOutOfBoundsException when no such site was registered
     */
    public static Site get(int id) {
        Site site = sites[id];
        if (site == null) {
            throw new IndexOutOfBoundsException("no site " + id);
        }
        return site;
    }

    /** Returns {@link Site#hash} of a site, for the hot path. */
    public static int hash(int id) {
        return hashes[id];
    }

    /** Returns {@link Site#location} of a site, for the hot path. */
    public static int location(int id) {
        return locations[id];
    }

    /** Returns a number that is equal for all sites in one line of one class, and hardly ever for others; equal in every JVM. */
    public static int place(int id) {
        return places[id];
    }

    /** Returns {@link Site#readOnly} of a site, for the hot path. */
    public static boolean readOnly(int id) {
        return readOnly[id];
    }

    /**
     * Returns whether a site writes for certain: a variable, or the receiver of a call of a class that does not synchronize. A site
     * that neither {@link #readOnly reads only} nor writes for certain is one of a call that is not known so well.
     */
    public static boolean writes(int id) {
        return writes[id];
    }

    /**
     * Returns whether a site is in a package of the JDK that is explored inside, see {@link Agent#exploreInside}: then what happens
     * there is a scheduling point.
     */
    public static boolean inside(int id) {
        return inside[id];
    }

    /** From now on, {@link #inside} says so of sites in these packages of the JDK, and of no others. */
    static synchronized void exploreInside(Set<String> packages) {
        insidePackages = packages;
        for (int id = 1; id < next; id++) {
            inside[id] = isInside(sites[id].className());
        }
    }

    private static boolean isInside(String className) {
        for (String each : insidePackages) {
            if (className.startsWith(each + ".")) {
                return true;
            }
        }
        return false;
    }

    /** Returns how many sites there are, the reserved one included. */
    public static synchronized int count() {
        return next;
    }

    /**
     * Returns the site that equals the given facts, registered now if it is new.
     *
     * @param descriptor the descriptor of the method, which tells overloads apart
     * @param ordinal the site's number within its method
     * @param memory the {@link MemoryModes}
     */
    static synchronized Site register(
            Site.Kind kind,
            String className,
            String method,
            String descriptor,
            @Nullable String sourceFile,
            int line,
            int ordinal,
            String target,
            @Nullable String fieldOwner,
            @Nullable String fieldName,
            boolean isStatic,
            boolean readOnly,
            int memory) {
        int hash = className.hashCode();
        hash = 31 * hash + method.hashCode();
        hash = 31 * hash + descriptor.hashCode();
        hash = 31 * hash + line;
        hash = 31 * hash + ordinal;
        hash = 31 * hash + kind.name().hashCode();
        hash = mix(31 * hash + target.hashCode());
        int location = fieldOwner == null || fieldName == null ? 0 : location(fieldOwner, fieldName);
        Site key = new Site(
                0,
                kind,
                className,
                method,
                sourceFile,
                line,
                target,
                fieldOwner,
                fieldName,
                isStatic,
                readOnly,
                location,
                hash);
        Site known = REGISTERED.get(key);
        if (known != null) {
            return known;
        }
        int id = next;
        if (id == sites.length) {
            sites = Arrays.copyOf(sites, 2 * id);
            hashes = Arrays.copyOf(hashes, 2 * id);
            locations = Arrays.copyOf(locations, 2 * id);
            places = Arrays.copyOf(places, 2 * id);
            modes = Arrays.copyOf(modes, 2 * id);
            Sites.readOnly = Arrays.copyOf(Sites.readOnly, 2 * id);
            inside = Arrays.copyOf(inside, 2 * id);
            writes = Arrays.copyOf(writes, 2 * id);
        }
        Site site = new Site(
                id,
                kind,
                className,
                method,
                sourceFile,
                line,
                target,
                fieldOwner,
                fieldName,
                isStatic,
                readOnly,
                location,
                hash);
        sites[id] = site;
        hashes[id] = hash;
        locations[id] = location;
        places[id] = mix(31 * className.hashCode() + line);
        modes[id] = (byte) memory;
        Sites.readOnly[id] = readOnly;
        inside[id] = isInside(className);
        writes[id] = kind.writes()
                || (kind == Site.Kind.CALL
                        && !readOnly
                        && ((memory & MemoryModes.WRITES) != 0 || WritingCalls.contains(target)));
        next = id + 1;
        REGISTERED.put(key, site);
        return site;
    }

    /** Returns the location of a field, by the names of its class and its own: odd, so never 0, which stands for no field. */
    public static int location(String fieldOwner, String fieldName) {
        return mix(31 * fieldOwner.hashCode() + fieldName.hashCode()) | 1;
    }

    /** The finalizer of MurmurHash3: sites of neighbouring lines must not have neighbouring hashes. */
    static int mix(int hash) {
        hash ^= hash >>> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >>> 13;
        hash *= 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }
}
