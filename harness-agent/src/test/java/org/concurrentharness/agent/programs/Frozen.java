package org.concurrentharness.agent.programs;

import java.util.ArrayList;
import java.util.List;

/** Final fields. */
public final class Frozen {
    private Frozen() {}

    public static class Fields {
        static int run() {
            return new Holder(3, true).list.size()
                    + new Holder().size()
                    + new Sub().own()
                    + new Pair(new int[1]).size();
        }
    }

    static class Holder {
        final List<String> list;
        final String name;

        /** With branches, a loop, wide locals and a handler: for the frames. */
        Holder(long count, boolean early) {
            long sum = 0;
            if (count > 5) {
                list = List.of();
                name = "none";
                return;
            }
            List<String> made = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double half = i / 2.0;
                sum += half > 1 ? 2 : i;
                made.add("a" + sum);
            }
            String found;
            try {
                found = made.get(early ? 7 : 0);
            } catch (IndexOutOfBoundsException e) {
                found = "caught";
            }
            name = found;
            list = made;
            list.size();
        }

        Holder() {
            this(1, false);
        }

        int size() {
            return list.size() + name.length();
        }
    }

    static class Sub extends Holder {
        private final int number;

        Sub() {
            super(2, false);
            number = list.size();
        }

        int own() {
            return number;
        }
    }

    record Pair(int[] numbers) {
        int size() {
            return numbers.length;
        }
    }

    public static class Immutable {
        static int run() {
            return new Name("a", 1).length();
        }
    }

    static class Name {
        private static final List<String> SHARED = new ArrayList<>();
        private final String name;
        private final Integer number;

        Name(String name, Integer number) {
            this.name = name;
            this.number = number;
        }

        int length() {
            return name.length() + number + SHARED.size();
        }
    }
}
