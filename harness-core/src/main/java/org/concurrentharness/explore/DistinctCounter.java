package org.concurrentharness.explore;

import java.util.Arrays;

/**
 * Counts distinct hashes: exactly up to a bound, and beyond it by HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, AofA 2007),
 * so that its memory does not grow with the executions.
 */
final class DistinctCounter {
    private static final int EXACT = 1 << 16;
    private static final byte OFTEN = 3;

    /** Stands for 0, which marks an empty slot. */
    private static final long ZERO = 0x9E3779B97F4A7C15L;

    private static final int REGISTER_BITS = 12;
    private static final int REGISTERS = 1 << REGISTER_BITS;

    private long[] hashes = new long[1024];

    /** By slot: how often its hash was added, up to {@link #OFTEN}. */
    private byte[] times = new byte[1024];

    private int seenOnce;
    private int seenTwice;
    private int size;
    private int added;
    private final byte[] registers = new byte[REGISTERS];

    /** Adds a hash; true when it is known to be new. */
    boolean add(long hash) {
        added++;
        long key = hash == 0 ? ZERO : hash;
        long mixed = Shadow.mix(key + 0x9E3779B97F4A7C15L);
        int register = (int) (mixed >>> (64 - REGISTER_BITS));
        byte rank = (byte) (Long.numberOfLeadingZeros((mixed << REGISTER_BITS) | (1L << (REGISTER_BITS - 1))) + 1);
        if (rank > registers[register]) {
            registers[register] = rank;
        }
        return size < EXACT && insert(key, mixed);
    }

    /** Returns whether {@link #add} would say that the hash is new. */
    boolean isNew(long hash) {
        if (size >= EXACT) {
            return false;
        }
        long key = hash == 0 ? ZERO : hash;
        int mask = hashes.length - 1;
        int i = (int) Shadow.mix(key + 0x9E3779B97F4A7C15L) & mask;
        while (hashes[i] != 0) {
            if (hashes[i] == key) {
                return false;
            }
            i = i + 1 & mask;
        }
        return true;
    }

    private boolean insert(long hash, long mixed) {
        int mask = hashes.length - 1;
        int i = (int) mixed & mask;
        while (hashes[i] != 0) {
            if (hashes[i] == hash) {
                seenAgain(i);
                return false;
            }
            i = i + 1 & mask;
        }
        hashes[i] = hash;
        times[i] = 1;
        seenOnce++;
        if (++size * 2 > hashes.length) {
            grow();
        }
        return true;
    }

    private void seenAgain(int slot) {
        if (times[slot] == 1) {
            seenOnce--;
            seenTwice++;
        } else if (times[slot] == 2) {
            seenTwice--;
        }
        times[slot] = (byte) Math.min(OFTEN, times[slot] + 1);
    }

    private void grow() {
        long[] old = hashes;
        byte[] oldTimes = times;
        hashes = new long[2 * old.length];
        times = new byte[2 * old.length];
        int mask = hashes.length - 1;
        for (int slot = 0; slot < old.length; slot++) {
            long hash = old[slot];
            if (hash != 0) {
                int i = (int) Shadow.mix(hash + 0x9E3779B97F4A7C15L) & mask;
                while (hashes[i] != 0) {
                    i = i + 1 & mask;
                }
                hashes[i] = hash;
                times[i] = oldTimes[slot];
            }
        }
    }

    /** Returns how many hashes were added, equal ones included. */
    int added() {
        return added;
    }

    /** Returns how many hashes were added once only, while {@link #exact}. */
    int seenOnce() {
        return seenOnce;
    }

    /** Returns how many hashes were added twice, while {@link #exact}. */
    int seenTwice() {
        return seenTwice;
    }

    /** Returns true when {@link #count} is exact. */
    boolean exact() {
        return size < EXACT;
    }

    /** Returns how many distinct hashes were added; beyond 65 536 an estimate with a standard error of 1.6 %. */
    int count() {
        if (exact()) {
            return size;
        }
        double sum = 0;
        for (byte register : registers) {
            sum += 1.0 / (1L << register);
        }
        double estimate = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
        return (int) Math.max(size, Math.min(added, estimate));
    }

    void clear() {
        Arrays.fill(hashes, 0);
        Arrays.fill(times, (byte) 0);
        Arrays.fill(registers, (byte) 0);
        size = 0;
        added = 0;
        seenOnce = 0;
        seenTwice = 0;
    }
}
