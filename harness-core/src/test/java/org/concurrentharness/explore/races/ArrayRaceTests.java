package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Array elements are variables of their own (JLS 17.6), also where a method of the JDK reads or writes many at once. */
class ArrayRaceTests extends RaceTable {
    @Override
    List<RaceProgram> programs() {
        List<RaceProgram> all = new ArrayList<>(elements());
        all.addAll(copies());
        all.addAll(methods());
        return all;
    }

    private static List<RaceProgram> elements() {
        return List.of(
                racy("Two threads write one element", "element 1 of int[]", () -> {
                    int[] numbers = new int[3];
                    together(() -> numbers[1] = 1, () -> numbers[1] = 2);
                }),
                clean("Two threads write different elements", () -> {
                    int[] numbers = new int[3];
                    together(() -> numbers[1]++, () -> numbers[2]++);
                }),
                // no word tearing
                clean("Two threads write neighbouring bytes", () -> {
                    byte[] bytes = new byte[2];
                    together(() -> bytes[0]++, () -> bytes[1]++);
                }),
                clean("Two threads write neighbouring booleans", () -> {
                    boolean[] flags = new boolean[2];
                    together(() -> flags[0] = true, () -> flags[1] = true);
                }),
                racy("Two threads write one boolean", "element 0 of boolean[]", () -> {
                    boolean[] flags = new boolean[2];
                    together(() -> flags[0] = true, () -> use(flags[0]));
                }),
                racy("A long element is written and read", "element 0 of long[]", () -> {
                    long[] numbers = new long[1];
                    together(() -> numbers[0] = -1, () -> use((int) numbers[0]));
                }),
                racy("An element of a reference type is written and read", "element 0 of String[]", () -> {
                    String[] texts = new String[1];
                    together(() -> texts[0] = "a", () -> use(texts[0]));
                }),
                clean("Different rows", () -> {
                    int[][] rows = new int[2][2];
                    together(() -> rows[0][1]++, () -> rows[1][1]++);
                }),
                racy("One element of one row", "element 1 of int[]", () -> {
                    int[][] rows = new int[2][2];
                    together(() -> rows[0][1]++, () -> rows[0][1]++);
                }),
                racy("A row is replaced while the other thread uses it", "element 0 of int[][]", () -> {
                    int[][] rows = new int[2][2];
                    together(() -> rows[0] = new int[2], () -> use(rows[0]));
                }),
                clean("The length of an array never changes", () -> {
                    int[] numbers = new int[3];
                    together(() -> numbers[1] = 1, () -> use(numbers.length));
                }),
                clean("A thread that begins reads what the others wrote before", () -> {
                    int[] numbers = {1, 2, 3};
                    start(() -> use(numbers[2])).join();
                }));
    }

    private static List<RaceProgram> copies() {
        return List.of(
                racy("System.arraycopy from an element that is written", "element 1 of int[]", () -> {
                    int[] numbers = new int[3];
                    together(() -> numbers[1] = 1, () -> System.arraycopy(numbers, 1, new int[2], 0, 2));
                }),
                racy("System.arraycopy to an element that is read", "element 2 of int[]", () -> {
                    int[] numbers = new int[3];
                    together(() -> use(numbers[2]), () -> System.arraycopy(new int[2], 0, numbers, 1, 2));
                }),
                clean("System.arraycopy of the elements beside", () -> {
                    int[] numbers = new int[4];
                    together(() -> numbers[0]++, () -> System.arraycopy(numbers, 1, numbers, 2, 2));
                }),
                clean("System.arraycopy of nothing", () -> {
                    int[] numbers = new int[2];
                    together(() -> numbers[0]++, () -> System.arraycopy(numbers, 0, numbers, 0, 0));
                }),
                clean("Two threads copy from one array", () -> {
                    int[] numbers = {1, 2};
                    together(
                            () -> System.arraycopy(numbers, 0, new int[2], 0, 2),
                            () -> System.arraycopy(numbers, 0, new int[2], 0, 2));
                }),
                racy("clone of an array that is written", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> numbers[1] = 1, () -> use(numbers.clone()));
                }),
                clean("clone of an array that is read", () -> {
                    int[] numbers = new int[2];
                    together(() -> use(numbers[1]), () -> use(numbers.clone()));
                }),
                racy("Arrays.copyOf an array that is written", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> numbers[1] = 1, () -> use(Arrays.copyOf(numbers, 3)));
                }),
                clean("Arrays.copyOfRange of the elements beside", () -> {
                    int[] numbers = new int[4];
                    together(() -> numbers[0] = 1, () -> use(Arrays.copyOfRange(numbers, 1, 4)));
                }));
    }

    private static List<RaceProgram> methods() {
        return List.of(
                racy("Arrays.fill beside a read", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> Arrays.fill(numbers, 1), () -> use(numbers[1]));
                }),
                clean("Arrays.fill of two halves", () -> {
                    int[] numbers = new int[4];
                    together(() -> Arrays.fill(numbers, 0, 2, 1), () -> Arrays.fill(numbers, 2, 4, 1));
                }),
                racy("Arrays.sort beside a read", "element 0 of int[]", () -> {
                    int[] numbers = {2, 1};
                    together(() -> Arrays.sort(numbers), () -> use(numbers[0]));
                }),
                racy("Arrays.sort of objects beside a read", "element 0 of String[]", () -> {
                    String[] texts = {"b", "a"};
                    together(() -> Arrays.sort(texts), () -> use(texts[0]));
                }),
                clean("Arrays.sort of two halves", () -> {
                    int[] numbers = {4, 3, 2, 1};
                    together(() -> Arrays.sort(numbers, 0, 2), () -> Arrays.sort(numbers, 2, 4));
                }),
                racy("Arrays.setAll beside a read", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> Arrays.setAll(numbers, i -> i), () -> use(numbers[1]));
                }),
                racy("Arrays.equals beside a write", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> numbers[1] = 1, () -> use(Arrays.equals(numbers, new int[2])));
                }),
                racy("Arrays.hashCode beside a write", "element 1 of int[]", () -> {
                    int[] numbers = new int[2];
                    together(() -> numbers[1] = 1, () -> use(Arrays.hashCode(numbers)));
                }),
                racy("Arrays.stream beside a write", "element 1 of int[]", () -> {
                            int[] numbers = new int[2];
                            together(
                                    () -> numbers[1] = 1,
                                    () -> use(Arrays.stream(numbers).sum()));
                        })
                        .beyond("The JDK reads the elements, later and elsewhere"),
                clean("Two threads read by methods of Arrays", () -> {
                    int[] numbers = {1, 2};
                    together(
                            () -> use(Arrays.stream(numbers).sum() + Arrays.hashCode(numbers)),
                            () -> use(Arrays.toString(numbers).length() + Arrays.binarySearch(numbers, 2)));
                }),
                racy("Arrays.asList is a view", "element 1 of String[]", () -> {
                    String[] texts = {"a", "b"};
                    List<String> view = Arrays.asList(texts);
                    together(() -> texts[1] = "c", () -> use(view.get(1)));
                }),
                clean("Elements of such a view", () -> {
                    String[] texts = {"a", "b"};
                    List<String> view = Arrays.asList(texts);
                    together(() -> view.set(0, "c"), () -> view.set(1, "d"));
                }),
                racy("Collections.sort of such a view", "element 0 of String[]", () -> {
                    String[] texts = {"b", "a"};
                    together(() -> Collections.sort(Arrays.asList(texts)), () -> use(texts[0]));
                }));
    }
}
