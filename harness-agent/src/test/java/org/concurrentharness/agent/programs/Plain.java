package org.concurrentharness.agent.programs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** As a coverage agent leaves it: an array of its own, shared by all threads. */
    public static class Covered {
        private static boolean[] $jacocoInit() {
            return new boolean[3];
        }

        static int run() {
            boolean[] counters = $jacocoInit();
            counters[0] = true;
            int[] own = {1};
            counters[1] = true;
            return own[0];
        }
    }

    public static class Collected {
        static int run() {
            ArrayList<String> list = new ArrayList<>();
            list.add("a");
            int sum = 0;
            for (String each : list) {
                sum += each.length();
            }
            Map<String, Integer> map = new HashMap<>();
            map.computeIfAbsent("a", key -> 1);
            sum += map.keySet().size();
            List<String> fixed = List.of("b");
            StringBuilder builder = new StringBuilder();
            builder.append(sum);
            return fixed.size() + builder.length();
        }
    }
}
