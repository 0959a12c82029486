package org.concurrentharness.agent.programs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.StampedLock;

/** Calls that touch many elements at once. */
public final class Bulk {
    private Bulk() {}

    public static class Copies {
        static int run() {
            int[] from = {1, 2, 3};
            long[] wrong = {1};
            int[] to = new int[4];
            System.arraycopy(from, 1, to, 0, 2);
            System.arraycopy(from, 3, to, 0, 0);
            try {
                System.arraycopy(from, 2, to, 0, 2);
                return -1;
            } catch (IndexOutOfBoundsException e) {
                // as it should be
            }
            try {
                System.arraycopy(from, 0, wrong, 0, 1);
                return -2;
            } catch (ArrayStoreException e) {
                return to[0] + to[1];
            }
        }
    }

    public static class OfArrays {
        static int run() {
            int[] numbers = new int[] {3, 1, 2};
            Arrays.sort(numbers);
            Arrays.sort(numbers, 1, 3);
            Arrays.fill(numbers, 7);
            Arrays.fill(numbers, 0, 1, 8);
            Arrays.parallelPrefix(numbers, Integer::sum);
            String[] names = {"b", "a"};
            Arrays.setAll(names, Integer::toString);
            int hash = Arrays.hashCode(names);
            boolean same = Arrays.equals(numbers, 0, 2, numbers, 1, 3);
            int sum = Arrays.copyOf(numbers, 9).length + Arrays.copyOfRange(numbers, 1, 9).length;
            List<String> view = Arrays.asList(names);
            int[] copy = numbers.clone();
            return sum + copy.length + view.size() + (same ? hash : 0);
        }
    }

    public static class OfCollections {
        static int run() {
            List<String> list = new ArrayList<>(List.of("a", "b"));
            Collections.sort(list);
            Collections.swap(list, 0, 1);
            String max = Collections.max(list);
            List<String> other = new LinkedList<>(list);
            Collections.copy(other, list);
            boolean disjoint = Collections.disjoint(list, other);
            List<String> view = Collections.unmodifiableList(list);
            List<String> safe = Collections.synchronizedList(list);
            Collections.addAll(list, "c");
            Collections.reverse(new CopyOnWriteArrayList<>());
            return max.length() + (disjoint ? 1 : 0) + view.size() + safe.size();
        }
    }

    enum Letter {
        A
    }

    public static class Given {
        static int run() {
            List<String> list = new ArrayList<>();
            Map<String, String> map = new HashMap<>();
            int sum = new HashSet<>(list).size() + new HashMap<>(map).size();
            sum += List.copyOf(list).size()
                    + EnumSet.copyOf(EnumSet.of(Letter.A)).size();
            new ConcurrentHashMap<String, String>().putAll(map);
            new CopyOnWriteArrayList<String>().addAll(list);
            new LinkedBlockingQueue<>(list).containsAll(Collections.synchronizedList(list));
            new Own(list).addAll(list);
            return sum;
        }
    }

    static class Own extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Own(List<String> all) {
            super(all);
        }
    }

    public static class Stamps {
        static boolean run() {
            StampedLock lock = new StampedLock();
            long stamp = lock.tryOptimisticRead();
            long write = lock.writeLock();
            boolean none = lock.tryOptimisticRead() == 0;
            boolean valid = lock.validate(stamp);
            long optimistic = lock.tryConvertToOptimisticRead(write);
            return none && !valid && lock.validate(optimistic);
        }
    }
}
