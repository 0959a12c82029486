package org.concurrentharness.explore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A schedule as short text: everything that repeats one execution in another JVM. Immutable.
 *
 * <p>A token is {@code ch1-}, the number of characters that follow, the payload and a CRC-32 of all characters before it, in
 * letters and digits only: it survives shells, string literals, URLs and a double click. Because the checksum covers the
 * characters and not the decoded bytes, every change of one character or of two neighbours is recognised for certain.
 *
 * <p>The payload holds the flags, the seed, a hash of the test's name, the number of choices, the racy accesses that
 * were points, if any, and the choices at which the schedule departs from the default one (stay with the running thread, else take the first that can run).
 */
final class ReplayToken {
    private static final int VERSION = 1;
    private static final String PREFIX = "ch" + VERSION + "-";
    private static final int CHECKSUM_CHARS = Base62.chars(Integer.BYTES);

    private static final int ANY_TIME = 1;
    private static final int SPURIOUS_WAKEUPS = 2;
    private static final int ISOLATE = 4;
    private static final int SHORT_SEED = 8;
    private static final int POINTS = 16;
    private static final int KNOWN_FLAGS = 31;

    /** A departure is one number: three bits of thread, the rest distance. This thread number says that more follows. */
    private static final int MORE_THREAD = 7;

    private final int testHash;
    private final long seed;
    private final int flags;
    private final int total;
    private final int[] decisions;
    private final int[] threads;
    private final RacyPoints points;

    private ReplayToken(
            int testHash, long seed, int flags, int total, int[] decisions, int[] threads, RacyPoints points) {
        this.testHash = testHash;
        this.seed = seed;
        this.flags = flags;
        this.total = total;
        this.decisions = decisions;
        this.threads = threads;
        this.points = points;
        requireSound();
    }

    /**
     * Returns the token of a schedule; the arrays are copied.
     *
     * @param testName the name of the test as {@link Program#name()} gives it
     * @param options the options that the execution ran under: timeouts, spurious wake-ups and isolation are kept
     * @param seed the seed that the campaign used
     * @param decisions the indices of the choices that depart from the default, ascending
     * @param threads the number of the thread chosen at each of them
     * @param total how many choices the execution had
     */
    static ReplayToken of(String testName, Options options, long seed, int[] decisions, int[] threads, int total) {
        return of(testName, options, seed, new Schedule(decisions.clone(), threads.clone(), total, RacyPoints.NONE));
    }

    /** Returns the token of a schedule. */
    static ReplayToken of(String testName, Options options, long seed, Schedule schedule) {
        int flags = (options.timeouts() == Timeouts.ANY_TIME ? ANY_TIME : 0)
                | (options.spuriousWakeups() ? SPURIOUS_WAKEUPS : 0)
                | (options.isolate() ? ISOLATE : 0);
        return new ReplayToken(
                hash(testName),
                seed,
                flags,
                schedule.length(),
                schedule.positions(),
                schedule.threads(),
                schedule.points());
    }

    /**
     * Returns the token that {@code text} spells.
     *
     * @throws IllegalArgumentException with one sentence for the user when it spells none, or one of another test
     */
    static ReplayToken parse(String text, String testName) {
        String token = text.strip();
        byte[] payload = payload(token);
        ReplayToken parsed;
        try {
            parsed = decode(new Input(payload));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw changed(token);
        }
        if (parsed.testHash != hash(testName)) {
            throw new IllegalArgumentException("The replay token " + shown(token) + " belongs to another test than "
                    + testName + "; put it on the test that it was printed for, and if that test was renamed, run it"
                    + " without replay to get a new token.");
        }
        return parsed;
    }

    long seed() {
        return seed;
    }

    /** Returns how many choices the execution had. */
    int total() {
        return total;
    }

    /** Returns the indices of the choices that depart from the default, ascending, as a copy. */
    int[] decisions() {
        return decisions.clone();
    }

    /** Returns the number of the thread chosen at each of {@link #decisions()}, as a copy. */
    int[] threads() {
        return threads.clone();
    }

    Schedule schedule() {
        return new Schedule(decisions, threads, total, points);
    }

    /** Returns {@code options} with what this token asks for: its seed, timeouts, spurious wake-ups and isolation. */
    Options applyTo(Options options) {
        return options.seed(seed)
                .timeouts((flags & ANY_TIME) != 0 ? Timeouts.ANY_TIME : Timeouts.WHEN_IDLE)
                .spuriousWakeups((flags & SPURIOUS_WAKEUPS) != 0)
                .isolate((flags & ISOLATE) != 0);
    }

    /** Returns the text of this token. */
    String encode() {
        Output out = new Output();
        boolean shortSeed = seed >= 0 && seed < 1L << 49;
        out.varint(flags | (shortSeed ? SHORT_SEED : 0) | (points.isEmpty() ? 0 : POINTS));
        if (shortSeed) {
            out.varint(seed);
        } else {
            out.fixed(seed, Long.BYTES);
        }
        out.fixed(testHash, Integer.BYTES);
        out.varint(total);
        if (!points.isEmpty()) {
            write(points.locations(), out);
            write(points.places(), out);
        }
        int next = 0;
        for (int i = 0; i < decisions.length; i++) {
            int thread = Math.min(threads[i], MORE_THREAD);
            out.varint((long) (decisions[i] - next) * (MORE_THREAD + 1) + thread);
            if (thread == MORE_THREAD) {
                out.varint(threads[i] - MORE_THREAD);
            }
            next = decisions[i] + 1;
        }
        byte[] payload = out.bytes();
        StringBuilder text = new StringBuilder(PREFIX);
        Base62.appendLength(text, Base62.chars(payload.length) + CHECKSUM_CHARS);
        Base62.append(text, payload);
        Base62.append(text, bigEndian(crc(text.toString()), Integer.BYTES));
        return text.toString();
    }

    private static void write(int[] hashes, Output out) {
        out.varint(hashes.length);
        for (int hash : hashes) {
            out.fixed(hash, Integer.BYTES);
        }
    }

    private static int[] readHashes(Input in) {
        int count = in.positiveInt();
        if (count > in.remaining() / Integer.BYTES) {
            throw new IllegalArgumentException("too short");
        }
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = (int) in.fixed(Integer.BYTES);
        }
        return hashes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReplayToken that
                && testHash == that.testHash
                && seed == that.seed
                && flags == that.flags
                && total == that.total
                && Arrays.equals(decisions, that.decisions)
                && Arrays.equals(threads, that.threads)
                && points.equals(that.points);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(decisions) + Long.hashCode(seed) + testHash;
    }

    @Override
    public String toString() {
        return encode();
    }

    private void requireSound() {
        if (decisions.length != threads.length || decisions.length > total) {
            throw new IllegalArgumentException(decisions.length + " decisions, " + threads.length
                    + " threads and a total of " + total + " do not fit together.");
        }
        for (int i = 0; i < decisions.length; i++) {
            if (decisions[i] < (i == 0 ? 0 : decisions[i - 1] + 1) || decisions[i] >= total || threads[i] < 0) {
                throw new IllegalArgumentException(
                        "decision " + decisions[i] + " of thread " + threads[i] + " is out of order or out of range.");
            }
        }
    }

    private static ReplayToken decode(Input in) {
        int flags = in.positiveInt();
        if (flags > KNOWN_FLAGS) {
            throw new IllegalArgumentException("unknown flags");
        }
        long seed = (flags & SHORT_SEED) != 0 ? in.varint() : in.fixed(Long.BYTES);
        int testHash = (int) in.fixed(Integer.BYTES);
        int total = in.positiveInt();
        RacyPoints points = (flags & POINTS) != 0 ? new RacyPoints(readHashes(in), readHashes(in)) : RacyPoints.NONE;
        int[] decisions = new int[Math.min(total, in.remaining())];
        int[] threads = new int[decisions.length];
        int count = 0;
        long next = 0;
        while (in.remaining() > 0) {
            long departure = in.varint();
            int thread = (int) (departure & MORE_THREAD);
            next += departure / (MORE_THREAD + 1);
            if (next >= total) {
                throw new IllegalArgumentException("a choice behind the last");
            }
            decisions[count] = (int) next++;
            threads[count++] = thread == MORE_THREAD ? Math.addExact(MORE_THREAD, in.positiveInt()) : thread;
        }
        return new ReplayToken(
                testHash,
                seed,
                flags & ~(SHORT_SEED | POINTS),
                total,
                Arrays.copyOf(decisions, count),
                Arrays.copyOf(threads, count),
                points);
    }

    /** Refuses a token of which nothing was copied: among options it would stand for no replay at all. */
    static void requireText(String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException("The replay token is empty; copy the whole token, which begins with \""
                    + PREFIX + "\", from the report.");
        }
    }

    /** Checks everything about the text that can be checked without a look inside, and returns what is inside. */
    private static byte[] payload(String token) {
        requireText(token);
        requireVersion(token);
        int[] position = {PREFIX.length()};
        int declared = Base62.readLength(token, position);
        int found = token.length() - position[0];
        if (declared < 0 || declared > found) {
            int missing = declared < 0 ? 1 : declared - found;
            throw new IllegalArgumentException("The replay token " + shown(token) + " is cut off: "
                    + (declared < 0 ? "at least " : "") + missing + (missing == 1 ? " character is" : " characters are")
                    + " missing; copy the whole token from the report.");
        }
        int checksum = token.length() - CHECKSUM_CHARS;
        if (declared < found || checksum < position[0]) {
            throw changed(token);
        }
        byte[] payload = Base62.read(token, position[0], checksum);
        byte[] crc = Base62.read(token, checksum, token.length());
        if (payload == null || !Arrays.equals(crc, bigEndian(crc(token.substring(0, checksum)), Integer.BYTES))) {
            throw changed(token);
        }
        return payload;
    }

    private static void requireVersion(String token) {
        if (token.startsWith(PREFIX)) {
            return;
        }
        if (token.matches("ch[1-9][0-9]*-.*")) {
            throw new IllegalArgumentException("The replay token " + shown(token)
                    + " was made by a newer version of the harness than this one, which reads \"" + PREFIX
                    + "\"; use that version, or run the test without replay to get a new token.");
        }
        throw new IllegalArgumentException("\"" + shown(token) + "\" is not a replay token: a token begins with \""
                + PREFIX + "\"; copy the whole token from the report.");
    }

    private static IllegalArgumentException changed(String token) {
        return new IllegalArgumentException("The replay token " + shown(token)
                + " is damaged: a character was lost, added or changed; copy the whole token from the report.");
    }

    private static String shown(String token) {
        return token.length() <= 24 ? token : token.substring(0, 20) + "...";
    }

    /** Not {@link String#hashCode()}, under which short names collide too easily. */
    private static int hash(String testName) {
        return crc(testName);
    }

    private static int crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    private static byte[] bigEndian(long value, int bytes) {
        byte[] result = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            result[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
        }
        return result;
    }

    private static final class Output {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void varint(long value) {
            long rest = value;
            while (rest >= 0x80) {
                out.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        void fixed(long value, int bytes) {
            out.writeBytes(bigEndian(value, bytes));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private static final class Input {
        private final byte[] bytes;
        private int position;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        int remaining() {
            return bytes.length - position;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                byte next = next();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number too long");
        }

        int positiveInt() {
            long value = varint();
            if (value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a number too large");
            }
            return (int) value;
        }

        long fixed(int count) {
            long value = 0;
            for (int i = 0; i < count; i++) {
                value = (value << 8) | (next() & 0xff);
            }
            return value;
        }

        private byte next() {
            if (remaining() == 0) {
                throw new IllegalArgumentException("too short");
            }
            return bytes[position++];
        }
    }
}
