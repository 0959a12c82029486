package org.concurrentharness.agent.programs;

/** Plain fields and arrays. */
public final class Plain {
    private Plain() {}

    public static class Accesses {
        static int shared;
        long wide = 1;
        private String name = "n";
        final int constant = 3;

        static long run() {
            Accesses it = new Accesses();
            shared++;
            it.wide += 2;
            it.name = it.name + it.constant;
            int[] numbers = {4};
            numbers[0] += 2;
            long[] wides = new long[2];
            wides[1] = it.wide;
            double[] doubles = {1, 2};
            String[] names = {it.name};
            boolean[] flags = {true};
            return wides[1] + numbers[0] + names[0].length() + (long) doubles[1] + (flags[0] ? shared : 0);
        }
    }

    public static class OutOfBounds {
        static int run() {
            int[] none = {};
            return none[3];
        }
    }
}
