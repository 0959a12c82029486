package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data races that a campaign has found, each distinct one once, and the points that they have made. */
final class Races {
    /**
     * A race.
     *
     * @param sighting the first one
     * @param execution in which execution that was, 0 for the warm-up
     * @param schedule how to see it again
     */
    record Found(Sighting sighting, int execution, Schedule schedule) {}

    private final RaceDetector detector;
    private final RaceExclusions exclusions;
    private final Program program;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Map<Long, String> keys = new HashMap<>();
    private final Set<Integer> sites = new HashSet<>();
    private RacyPoints points = RacyPoints.NONE;

    Races(RaceDetector detector, Program program, Options options) {
        this.detector = detector;
        this.program = program;
        this.exclusions = new RaceExclusions(options.ignoredRaces(), program.toleratedRaces());
    }

    /** Takes note of what the last execution has shown; its schedule is only asked for when there is something new. */
    void collect(int execution, Choices choices) {
        for (Sighting sighting : detector.takeFresh()) {
            points = points.with(sighting.firstSite()).with(sighting.secondSite());
            sites.add(sighting.firstSite());
            sites.add(sighting.secondSite());
            if (!exclusions.excludes(sighting, program.loader())) {
                keys.put(sighting.pair(), sighting.key());
                found.putIfAbsent(sighting.key(), new Found(sighting, execution, choices.schedule(detector.points())));
            }
        }
    }

    /** Returns the races, without those that are known and wanted, in the order in which they were found. */
    Map<String, Found> found() {
        return found;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the keys of the races of the last execution, without those that are known and wanted. */
    List<String> ofLastExecution() {
        if (!detector.raced()) {
            return List.of();
        }
        Set<String> result = new LinkedHashSet<>();
        for (long pair : detector.pairs()) {
            String key = keys.get(pair);
            if (key != null) {
                result.add(key);
            }
        }
        return new ArrayList<>(result);
    }

    /** Returns the accesses that are points from now on. */
    RacyPoints points() {
        return points;
    }

    /** Returns the places that have raced. */
    Set<Integer> sites() {
        return sites;
    }

    List<String> exclusionNotes() {
        return exclusions.notes(program.loader());
    }
}
