package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/** Bytes as letters and digits: eight bytes are eleven characters, a shorter rest as many as it needs. */
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RADIX = 62;

    /** Digits of a length stand for less than this; those from here on say that another digit follows. */
    private static final int LENGTH_RADIX = RADIX / 2;

    private static final int BLOCK_BYTES = 8;
    /** By the number of bytes: the characters that hold them. */
    private static final int[] CHARS = {0, 2, 3, 5, 6, 7, 9, 10, 11};

    private Base62() {}

    /** Returns how many characters hold {@code bytes} bytes. */
    static int chars(int bytes) {
        return bytes / BLOCK_BYTES * CHARS[BLOCK_BYTES] + CHARS[bytes % BLOCK_BYTES];
    }

    static void append(StringBuilder text, byte[] bytes) {
        for (int start = 0; start < bytes.length; start += BLOCK_BYTES) {
            int count = Math.min(BLOCK_BYTES, bytes.length - start);
            long block = 0;
            for (int i = 0; i < count; i++) {
                block = (block << 8) | (bytes[start + i] & 0xff);
            }
            char[] chars = new char[CHARS[count]];
            for (int i = chars.length - 1; i >= 0; i--) {
                chars[i] = DIGITS.charAt((int) Long.remainderUnsigned(block, RADIX));
                block = Long.divideUnsigned(block, RADIX);
            }
            text.append(chars);
        }
    }

    /** Returns the bytes that the characters from {@code start} to before {@code end} hold, null when they hold none. */
    static byte @Nullable [] read(String text, int start, int end) {
        int rest = bytesOf((end - start) % CHARS[BLOCK_BYTES]);
        if (rest < 0) {
            return null;
        }
        byte[] bytes = new byte[(end - start) / CHARS[BLOCK_BYTES] * BLOCK_BYTES + rest];
        int position = start;
        for (int first = 0; first < bytes.length; first += BLOCK_BYTES) {
            int count = Math.min(BLOCK_BYTES, bytes.length - first);
            long block = 0;
            for (int i = 0; i < CHARS[count]; i++) {
                int digit = DIGITS.indexOf(text.charAt(position++));
                // The largest block whose product still fits into 64 unsigned bits, and whose sum then does too.
                if (digit < 0
                        || Long.compareUnsigned(block, Long.divideUnsigned(-1L, RADIX)) > 0
                        || Long.compareUnsigned(block * RADIX, -1L - digit) > 0) {
                    return null;
                }
                block = block * RADIX + digit;
            }
            if (count < BLOCK_BYTES && block >>> (8 * count) != 0) {
                return null;
            }
            for (int i = count - 1; i >= 0; i--) {
                bytes[first + i] = (byte) block;
                block >>>= 8;
            }
        }
        return bytes;
    }

    /** Appends a length in as few digits as it needs: one below 31, two below 961. */
    static void appendLength(StringBuilder text, int length) {
        int rest = length;
        while (rest >= LENGTH_RADIX) {
            text.append(DIGITS.charAt(LENGTH_RADIX + rest % LENGTH_RADIX));
            rest /= LENGTH_RADIX;
        }
        text.append(DIGITS.charAt(rest));
    }

    /** Returns the length at {@code position[0]}, which moves behind it; -1 when the text ends before it does, 0 when it is none. */
    static int readLength(String text, int[] position) {
        long length = 0;
        long weight = 1;
        while (position[0] < text.length() && weight < Integer.MAX_VALUE) {
            int digit = DIGITS.indexOf(text.charAt(position[0]++));
            if (digit < 0) {
                return 0;
            }
            length += digit % LENGTH_RADIX * weight;
            weight *= LENGTH_RADIX;
            if (digit < LENGTH_RADIX) {
                return (int) Math.min(length, Integer.MAX_VALUE);
            }
        }
        return -1;
    }

    private static int bytesOf(int chars) {
        for (int bytes = 0; bytes < CHARS.length; bytes++) {
            if (CHARS[bytes] == chars) {
                return bytes;
            }
        }
        return -1;
    }
}
