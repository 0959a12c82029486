package org.concurrentharness.explore.races;

import static org.concurrentharness.explore.Tasks.together;
import static org.concurrentharness.explore.races.Box.use;
import static org.concurrentharness.explore.races.RaceProgram.clean;
import static org.concurrentharness.explore.races.RaceProgram.racy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Class initialisation (JLS 12.4.2) orders what it did before every use of the class; and the idioms of lazy initialisation. */
class ClassInitRaceTests extends RaceTable {
    /** Made when it is first asked for, by the initialiser of a class of its own. */
    static final class OnDemand {
        private static final class Instance {
            static final OnDemand INSTANCE = new OnDemand();
        }

        int value;
        final Map<String, Integer> map = new HashMap<>();

        OnDemand() {
            value = 1;
            map.put("a", 1);
        }

        static OnDemand get() {
            return Instance.INSTANCE;
        }
    }

    /** Static fields that are not final. */
    static final class Settings {
        static int level = 1;
        static final int[] NUMBERS = {1, 2};
        static int[] more;

        static {
            more = new int[] {3, 4};
        }
    }

    /** An enumeration with state. */
    enum Color {
        RED,
        GREEN;

        int count = ordinal() + 1;
        static final Map<String, Color> BY_NAME = new HashMap<>();

        static {
            for (Color color : values()) {
                BY_NAME.put(color.name(), color);
            }
        }
    }

    /** Initialised by reflection. */
    static final class Reflected {
        static int value = 1;
    }

    /** Double-checked locking. */
    static final class DoubleChecked {
        private static volatile Box good;
        private static Box bad;

        static Box good() {
            if (good == null) {
                synchronized (DoubleChecked.class) {
                    if (good == null) {
                        good = new Box(1);
                    }
                }
            }
            return good;
        }

        static Box bad() {
            if (bad == null) {
                synchronized (DoubleChecked.class) {
                    if (bad == null) {
                        bad = new Box(1);
                    }
                }
            }
            return bad;
        }
    }

    /** Made lazily, each in its own way. */
    static final class Lazy {
        private Box box;
        private int hash;

        Box unguarded() {
            if (box == null) {
                box = new Box(1);
            }
            return box;
        }

        synchronized Box guarded() {
            if (box == null) {
                box = new Box(1);
            }
            return box;
        }

        int hash() {
            int result = hash;
            if (result == 0) {
                result = 42;
                hash = result;
            }
            return result;
        }
    }

    @Override
    List<RaceProgram> programs() {
        return List.of(
                clean(
                                "The holder idiom",
                                () -> together(
                                        () -> use(OnDemand.get().value),
                                        () -> use(OnDemand.get().map.get("a"))))
                        .isolated(),
                racy(
                                "The holder idiom, and a field that is written afterwards",
                                "OnDemand.value",
                                () -> together(() -> OnDemand.get().value++, () -> OnDemand.get().value++))
                        .isolated(),
                clean(
                                "Static fields that the initialiser wrote",
                                () -> together(
                                        () -> use(Settings.level + Settings.NUMBERS[1]), () -> use(Settings.more[1])))
                        .isolated(),
                racy(
                                "A static field that is written afterwards",
                                "Settings.level",
                                () -> together(() -> Settings.level = 2, () -> use(Settings.level)))
                        .isolated(),
                racy(
                                "An array of a static final field that is written afterwards",
                                "element 0 of int[]",
                                () -> together(() -> Settings.NUMBERS[0] = 2, () -> use(Settings.NUMBERS[0])))
                        .isolated(),
                clean(
                                "The constants of an enumeration",
                                () -> together(() -> use(Color.BY_NAME.get("RED")), () -> use(Color.GREEN.count)))
                        .isolated(),
                racy(
                                "The state of an enumeration's constant",
                                "Color.count",
                                () -> together(() -> Color.RED.count++, () -> Color.RED.count++))
                        .isolated(),
                // the initialiser has run, whoever asked for it
                clean(
                                "A class that one thread initialises, and the other uses",
                                () -> together(
                                        () -> use(Class.forName(Reflected.class.getName())),
                                        () -> use(Reflected.value)))
                        .isolated(),
                clean(
                                "Double-checked locking with volatile",
                                () -> together(
                                        () -> use(DoubleChecked.good().value), () -> use(DoubleChecked.good().value)))
                        .isolated(),
                racy(
                                "Double-checked locking without volatile",
                                "DoubleChecked.bad",
                                () -> together(
                                        () -> use(DoubleChecked.bad().value), () -> use(DoubleChecked.bad().value)))
                        .alsoOn("Box.value")
                        .isolated(),
                clean("Lazy initialisation under a lock", () -> {
                    Lazy lazy = new Lazy();
                    together(() -> use(lazy.guarded().value), () -> use(lazy.guarded().value));
                }),
                racy("Lazy initialisation without a lock", "Lazy.box", () -> {
                            Lazy lazy = new Lazy();
                            together(() -> use(lazy.unguarded().value), () -> use(lazy.unguarded().value));
                        })
                        .alsoOn("Box.value"),
                // right in the end, whoever writes: a data race all the same
                racy("A hash code that is cached in a plain field", "Lazy.hash", () -> {
                    Lazy lazy = new Lazy();
                    together(() -> use(lazy.hash()), () -> use(lazy.hash()));
                }));
    }
}
