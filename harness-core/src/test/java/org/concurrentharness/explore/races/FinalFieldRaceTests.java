package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.await;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Final fields (JLS 17.5): what a constructor has put into them, and what that refers to, is there for everybody, however the
 * object was published. Most programs publish by an opaque write, which orders nothing and is no race itself.
 */
class FinalFieldRaceTests extends RaceTable {
    /** Where objects are published. */
    static final class Shared {
        Object plain;
        Object opaque;
    }

    private static final VarHandle OPAQUE;

    static {
        try {
            OPAQUE = MethodHandles.lookup().findVarHandle(Shared.class, "opaque", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Final through and through. */
    static final class Point {
        final int x;
        final int y;

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    /** Not final. */
    static final class LoosePoint {
        int x;

        LoosePoint(int x) {
            this.x = x;
        }
    }

    /** Final fields that refer to what can change. */
    static final class Holder {
        final int[] numbers;
        final Map<String, Integer> map = new HashMap<>();
        final Box box;
        int loose;

        Holder() {
            numbers = new int[2];
            numbers[1] = 1;
            map.put("a", 1);
            box = new Box(1);
            loose = 1;
        }
    }

    /** Lets itself out before its constructor has finished. */
    static final class Leaking {
        final int[] numbers;

        Leaking(Shared shared) {
            numbers = new int[1];
            OPAQUE.setOpaque(shared, this);
            numbers[0] = 1;
        }
    }

    record Pair(String text, List<Integer> numbers) {}

    /** Makes an object in one thread, and hands it to another without any order. */
    private static <T> void publish(Supplier<T> made, Function<T, Object> read) throws InterruptedException {
        Shared shared = new Shared();
        together(() -> OPAQUE.setOpaque(shared, made.get()), () -> {
            await(() -> OPAQUE.getOpaque(shared) != null);
            use(read.apply(get(shared)));
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> T get(Shared shared) {
        return (T) OPAQUE.getOpaque(shared);
    }

    @Override
    List<RaceProgram> programs() {
        return List.of(
                clean(
                        "Final fields of a primitive type",
                        () -> publish(() -> new Point(1, 2), point -> point.x + point.y)),
                racy(
                        "The same without final",
                        "LoosePoint.x",
                        () -> publish(() -> new LoosePoint(1), point -> point.x)),
                clean("The array behind a final field", () -> publish(Holder::new, holder -> holder.numbers[1])),
                clean("The map behind a final field", () -> publish(Holder::new, holder -> holder.map.get("a"))),
                clean("The object behind a final field", () -> publish(Holder::new, holder -> holder.box.value)),
                racy(
                        "The field beside the final ones",
                        "Holder.loose",
                        () -> publish(Holder::new, holder -> holder.loose)),
                // frozen is what was there when the constructor ended
                racy(
                        "The array behind a final field is changed later",
                        "element 1 of int[]",
                        () -> publish(
                                () -> {
                                    Holder holder = new Holder();
                                    holder.numbers[1] = 2;
                                    return holder;
                                },
                                holder -> holder.numbers[1])),
                racy(
                        "The map behind a final field is changed later",
                        "HashMap",
                        () -> publish(
                                () -> {
                                    Holder holder = new Holder();
                                    holder.map.put("b", 2);
                                    return holder;
                                },
                                holder -> holder.map.get("a"))),
                racy(
                        "The object behind a final field is changed later",
                        "Box.value",
                        () -> publish(
                                () -> {
                                    Holder holder = new Holder();
                                    holder.box.value = 2;
                                    return holder;
                                },
                                holder -> holder.box.value)),
                // the reader came by the object, not by the final field
                racy(
                        "What is behind a final field, by another way",
                        "Box.value",
                        () -> publish(
                                () -> {
                                    Holder holder = new Holder();
                                    return holder.box;
                                },
                                box -> box.value)),
                racy("An object that leaves its constructor early", "element 0 of int[]", () -> {
                            Shared shared = new Shared();
                            together(() -> use(new Leaking(shared)), () -> {
                                await(() -> OPAQUE.getOpaque(shared) != null);
                                Leaking leaking = get(shared);
                                use(leaking.numbers[0]);
                            });
                        })
                        .beyond(
                                "How a reader came by an object is not known: all that it held at the end of its constructor counts as frozen"),
                // the reference is what races, and nothing else
                racy("An immutable object by a plain reference", "Shared.plain", () -> {
                    Shared shared = new Shared();
                    together(() -> shared.plain = new Point(1, 2), () -> {
                        await(() -> shared.plain != null);
                        use(((Point) shared.plain).x);
                    });
                }),
                racy("An immutable object with an array by a plain reference", "Shared.plain", () -> {
                    Shared shared = new Shared();
                    together(() -> shared.plain = new Holder(), () -> {
                        if (shared.plain instanceof Holder holder) {
                            use(holder.numbers[1]);
                        }
                    });
                }),
                clean(
                        "A record",
                        () -> publish(
                                () -> new Pair("a", List.of(1, 2)),
                                pair -> pair.text() + pair.numbers().get(1))),
                racy(
                        "A record with a list that is changed later",
                        "ArrayList",
                        () -> publish(
                                () -> {
                                    List<Integer> numbers = new ArrayList<>(List.of(1));
                                    Pair pair = new Pair("a", numbers);
                                    numbers.add(2);
                                    return pair;
                                },
                                pair -> pair.numbers().size())),
                // immutable classes of the JDK
                clean("A String", () -> publish(() -> new String(new char[] {'a', 'b'}), text -> text.charAt(1))),
                clean("A String's hash code", () -> {
                    String text = new String(new char[] {'a', 'b'});
                    together(() -> use(text.hashCode()), () -> use(text.hashCode()));
                }),
                clean("An Integer", () -> publish(() -> Integer.valueOf(100_000), number -> number + 1)),
                clean("List.of", () -> publish(() -> List.of("a", "b", "c"), list -> list.get(2))),
                clean("Map.of", () -> publish(() -> Map.of("a", 1, "b", 2), map -> map.get("b"))),
                clean(
                        "List.copyOf a list that was just filled",
                        () -> publish(() -> List.copyOf(new ArrayList<>(List.of("a", "b", "c"))), list -> list.get(2))),
                racy(
                                "An ArrayList by the same way",
                                "ArrayList",
                                () -> publish(() -> new ArrayList<>(List.of("a", "b", "c")), list -> list.get(2)))
                        .beyond("What a constructor of the JDK writes is not seen"),
                racy(
                        "A lambda whose captured array is changed later",
                        "element 1 of int[]",
                        () -> publish(
                                () -> {
                                    int[] captured = {1, 2};
                                    Supplier<Integer> lambda = () -> captured[1];
                                    captured[1] = 3;
                                    return lambda;
                                },
                                Supplier::get)));
    }
}
