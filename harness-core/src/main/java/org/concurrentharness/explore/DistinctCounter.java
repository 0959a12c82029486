package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Counts distinct hashes: exactly up to a bound, and beyond it by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, AofA 2007),
 * so that its memory does not grow with the executions.
 */
final class DistinctCounter {
    static final int EXACT = 1 << 16;
    private static final int REGISTER_BITS = 12;
    private static final int REGISTERS = 1 << REGISTER_BITS;

    private long[] hashes = new long[1024];
    private int size;
    private int added;
    private boolean zeroSeen;
    private final byte[] registers = new byte[REGISTERS];

    /** Adds a hash; true when it is known to be new. */
    boolean add(long hash) {
        added++;
        long mixed = Shadow.mix(hash + 0x9E3779B97F4A7C15L);
        int register = (int) (mixed >>> (64 - REGISTER_BITS));
        byte rank = (byte) (Long.numberOfLeadingZeros((mixed << REGISTER_BITS) | (1L << (REGISTER_BITS - 1))) + 1);
        if (rank > registers[register]) {
            registers[register] = rank;
        }
        if (hash == 0) {
            boolean isNew = !zeroSeen;
            zeroSeen = true;
            return isNew;
        }
        return size < EXACT && insert(hash, mixed);
    }

    private boolean insert(long hash, long mixed) {
        int mask = hashes.length - 1;
        int i = (int) mixed & mask;
        while (hashes[i] != 0) {
            if (hashes[i] == hash) {
                return false;
            }
            i = i + 1 & mask;
        }
        hashes[i] = hash;
        if (++size * 2 > hashes.length) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] old = hashes;
        hashes = new long[2 * old.length];
        int mask = hashes.length - 1;
        for (long hash : old) {
            if (hash != 0) {
                int i = (int) Shadow.mix(hash + 0x9E3779B97F4A7C15L) & mask;
                while (hashes[i] != 0) {
                    i = i + 1 & mask;
                }
                hashes[i] = hash;
            }
        }
    }

    /** Returns true when {@link #count} is exact. */
    boolean exact() {
        return size < EXACT;
    }

    /** Returns how many distinct hashes were added; beyond 65 536 an estimate with a standard error of 1.6 %. */
    int count() {
        int counted = size + (zeroSeen ? 1 : 0);
        if (exact()) {
            return counted;
        }
        double sum = 0;
        for (byte register : registers) {
            sum += 1.0 / (1L << register);
        }
        double estimate = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
        return (int) Math.max(counted, Math.min(added, estimate));
    }

    void clear() {
        Arrays.fill(hashes, 0);
        Arrays.fill(registers, (byte) 0);
        size = 0;
        added = 0;
        zeroSeen = false;
    }
}
