package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.concurrentharness.agent.CampaignLoader;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;
import org.jspecify.annotations.Nullable;

/** Writes down, in a recorded execution, the accesses that race: by which way they were reached, and what the threads held. */
final class RaceRecord {
    private static final int MOST_FRAMES = 64;

    /** One access, with the number of its step. */
    private record Seen(String threadName, int site, List<StackTraceElement> stack, List<String> locks, int step) {}

    private record Draft(Sighting sighting, String owner, boolean element, int index, Seen first, Seen second) {}

    private final Set<Integer> racySites;
    private final IdentityHashMap<Variable, Map<Long, Seen>> seen = new IdentityHashMap<>();
    private final Map<Integer, StackTraceElement> starts = new HashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    RaceRecord(Set<Integer> racySites) {
        this.racySites = racySites;
    }

    boolean wants(int site) {
        return racySites.contains(site);
    }

    void access(ManagedThread me, Variable variable, int site, String threadName, List<String> locks, int step) {
        seen.computeIfAbsent(variable, v -> new HashMap<>())
                .put(by(me.id, site), new Seen(threadName, site, stack(), locks, step));
    }

    private static long by(int thread, int site) {
        return (long) thread << 32 | site;
    }

    void started(ManagedThread child, @Nullable StackTraceElement place) {
        if (place != null) {
            starts.put(child.id, place);
        }
    }

    void raced(Variable variable, Sighting sighting, String owner) {
        Map<Long, Seen> accesses = seen.getOrDefault(variable, Map.of());
        Seen first = accesses.get(by(sighting.firstThread(), sighting.firstSite()));
        Seen second = accesses.get(by(sighting.secondThread(), sighting.secondSite()));
        if (first != null && second != null) {
            drafts.putIfAbsent(
                    sighting.key(), new Draft(sighting, owner, variable.isElement(), variable.index(), first, second));
        }
    }

    Map<String, DataRace> races(ClassLoader loader, List<TraceStep> trace) {
        Map<String, DataRace> races = new LinkedHashMap<>();
        drafts.forEach((key, draft) -> {
            Sighting sighting = draft.sighting();
            DataRace.Access first =
                    access(draft.first(), sighting.firstThread(), sighting.firstWrites(), sighting.owner());
            DataRace.Access second =
                    access(draft.second(), sighting.secondThread(), sighting.secondWrites(), sighting.owner());
            races.put(
                    key,
                    new RaceStory(sighting, loader, trace)
                            .tell(draft.owner(), draft.element(), draft.index(), first, second));
        });
        return races;
    }

    private DataRace.Access access(Seen access, int thread, boolean writes, String owner) {
        Site site = Sites.get(access.site());
        return new DataRace.Access(
                thread,
                access.threadName(),
                RaceStory.operation(site, writes, owner),
                site.element(),
                access.stack(),
                access.locks(),
                Optional.ofNullable(starts.get(thread)),
                OptionalInt.of(access.step()));
    }

    /** Returns the program's frames and what lies between them, innermost first. */
    private static List<StackTraceElement> stack() {
        List<StackTraceElement> frames = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(all -> {
                    List<StackTraceElement> kept = new ArrayList<>();
                    int[] program = {0};
                    all.forEach(frame -> {
                        boolean ofProgram = frame.getDeclaringClass().getClassLoader() instanceof CampaignLoader;
                        if (ofProgram || (program[0] > 0 && !isOurs(frame.getDeclaringClass()))) {
                            kept.add(frame.toStackTraceElement());
                        }
                        if (ofProgram) {
                            program[0] = kept.size();
                        }
                    });
                    return kept.subList(0, program[0]);
                });
        return frames.size() > MOST_FRAMES ? frames.subList(0, MOST_FRAMES) : frames;
    }

    private static boolean isOurs(Class<?> type) {
        String name = type.getPackageName();
        return name.startsWith("org.concurrentharness.") && type.getClassLoader() == RaceRecord.class.getClassLoader();
    }
}
