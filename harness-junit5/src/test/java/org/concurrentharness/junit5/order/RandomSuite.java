package org.concurrentharness.junit5.order;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A suite of tests that depend on each other at random, as source code, and what must become of them.
 *
 * <p>The tests have an order in which each depends on earlier ones only. In every other suite the tests of a class stand together in
 * it, and classes depend on groups as a whole.
 */
final class RandomSuite {
    private static final int GROUPS = 4;

    private final int number;
    private final List<Case> cases = new ArrayList<>();
    private final List<String> ofClasses = new ArrayList<>();
    private final int classes;

    /** A test: its class, what it says, what it must come after, and what becomes of it. */
    private record Case(int owner, String id, String annotations, List<Need> needs, boolean fails, int micros) {}

    /** What a test depends on. */
    private record Need(List<Integer> on, boolean runsAnyway) {}

    RandomSuite(int number) {
        this.number = number;
        Random random = new Random(number);
        int count = 5 + random.nextInt(56);
        classes = 1 + random.nextInt(Math.min(8, count / 2));
        boolean together = number % 2 == 0;
        double density = random.nextDouble() * 1.5;
        List<List<Integer>> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            groups.add(new ArrayList<>());
        }
        List<Need> ofClass = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < count; i++) {
            int owner = together ? i * classes / count : random.nextInt(classes);
            if (together && owner != last) {
                ofClass = new ArrayList<>();
                ofClasses.add(ofClass(random, groups, i, count, ofClass));
                last = owner;
            }
            StringBuilder annotations = new StringBuilder();
            List<Need> needs = new ArrayList<>(ofClass);
            while (i > 0 && random.nextDouble() < density / (1 + needs.size())) {
                boolean anyway = random.nextInt(8) == 0;
                int on = random.nextInt(i);
                Case other = cases.get(on);
                String name = other.owner() == owner && random.nextBoolean() ? "t" + on : other.id();
                annotations.append(
                        "@DependsOn(tests = \"" + name + "\"" + (anyway ? ", ifFailed = IfFailed.RUN" : "") + ") ");
                needs.add(new Need(List.of(on), anyway));
            }
            int group = random.nextInt(3 * GROUPS);
            if (group < GROUPS && i < closedFrom(group, count)) {
                annotations.append("@TestGroup(\"" + groupName(group) + "\") ");
                groups.get(group).add(i);
            }
            int needed = random.nextInt(4 * GROUPS);
            if (needed < GROUPS
                    && i >= closedFrom(needed, count)
                    && !groups.get(needed).isEmpty()) {
                annotations.append("@DependsOn(groups = \"" + groupName(needed) + "\") ");
                needs.add(new Need(List.copyOf(groups.get(needed)), false));
            }
            cases.add(new Case(
                    owner,
                    className(owner) + "#t" + i,
                    annotations.toString(),
                    needs,
                    random.nextInt(12) == 0,
                    random.nextInt(4) == 0 ? random.nextInt(1_500) : 0));
        }
    }

    private String ofClass(Random random, List<List<Integer>> groups, int first, int count, List<Need> needs) {
        int group = random.nextInt(GROUPS);
        if (first < closedFrom(group, count) || groups.get(group).isEmpty()) {
            return "";
        }
        needs.add(new Need(List.copyOf(groups.get(group)), false));
        return "@DependsOn(groups = \"" + groupName(group) + "\") ";
    }

    /** Returns the first test that is not in a group and may depend on it. */
    private static int closedFrom(int group, int count) {
        return count * (group + 1) / (GROUPS + 1);
    }

    private String groupName(int group) {
        return "s" + number + "g" + group;
    }

    private String className(int owner) {
        return "S" + number + "C" + owner;
    }

    /** Returns the source of each class, by its name. */
    Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        for (int owner = 0; owner < classes; owner++) {
            int own = owner;
            String tests = cases.stream()
                    .filter(each -> each.owner() == own)
                    .map(each -> "    @Test " + each.annotations() + "void "
                            + each.id().substring(each.id().indexOf('#') + 1) + "() { Journal.run(\"" + each.id()
                            + "\", "
                            + each.micros() + ", " + each.fails() + "); }\n")
                    .collect(joining());
            String ofClass = owner < ofClasses.size() ? ofClasses.get(owner) : "";
            sources.put(
                    className(owner),
                    "package org.concurrentharness.junit5.order.generated;\n"
                            + "import org.concurrentharness.junit5.DependsOn;\n"
                            + "import org.concurrentharness.junit5.TestGroup;\n"
                            + "import org.concurrentharness.junit5.order.Journal;\n"
                            + "import org.concurrentharness.order.IfFailed;\n"
                            + "import org.junit.jupiter.api.Test;\n"
                            + ofClass + "class " + className(owner) + " {\n" + tests + "}\n");
        }
        return sources;
    }

    /** Returns how each test must end. */
    Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        for (Case each : cases) {
            boolean refused = each.needs().stream()
                    .filter(need -> !need.runsAnyway())
                    .flatMap(need -> need.on().stream())
                    .anyMatch(on -> !"passed".equals(expected.get(cases.get(on).id())));
            expected.put(each.id(), refused ? "aborted" : each.fails() ? "failed" : "passed");
        }
        return expected;
    }

    /** Returns which test started before one that it depends on had ended; empty if none did. */
    List<String> violations(List<String> journal) {
        Map<String, Integer> at = new TreeMap<>();
        for (int i = 0; i < journal.size(); i++) {
            at.put(journal.get(i), i);
        }
        List<String> violations = new ArrayList<>();
        for (Case each : cases) {
            Integer started = at.get("+" + each.id());
            for (Need need : each.needs()) {
                for (int on : need.on()) {
                    Integer ended = at.get("-" + cases.get(on).id());
                    boolean ran = at.containsKey("+" + cases.get(on).id());
                    if (started != null && ran && (ended == null || ended > started)) {
                        violations.add(each.id() + " before " + cases.get(on).id());
                    }
                }
            }
        }
        return violations;
    }
}
