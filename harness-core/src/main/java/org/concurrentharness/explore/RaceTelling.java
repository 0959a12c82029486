package org.concurrentharness.explore;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the data races of a campaign in full, by recording executions that show them. */
final class RaceTelling {
    /** How many executions are recorded for it; further races are told without stacks and locks. */
    private static final int MOST_RECORDED = 20;

    private final Exploring exploring;

    RaceTelling(Exploring exploring) {
        this.exploring = exploring;
    }

    /**
     * Tells races.
     *
     * @param races the races to tell, by their keys
     * @param recorded those that a record has shown already
     */
    Map<String, DataRace> tell(Map<String, Races.Found> races, Map<String, DataRace> recorded) throws Throwable {
        Map<String, DataRace> told = new LinkedHashMap<>(recorded);
        int runs = 0;
        for (Map.Entry<String, Races.Found> each : Map.copyOf(races).entrySet()) {
            if (!told.containsKey(each.getKey()) && runs++ < MOST_RECORDED) {
                Recorder recorder = exploring.recorder();
                exploring.run(each.getValue().schedule(), false, recorder);
                recorder.races().forEach(told::putIfAbsent);
            }
        }
        Map<String, DataRace> result = new LinkedHashMap<>();
        races.forEach((key, found) -> {
            DataRace race = told.get(key);
            result.put(
                    key,
                    race != null
                            ? race
                            : new RaceStory(
                                            found.sighting(),
                                            exploring.program().loader())
                                    .tell());
        });
        return result;
    }
}
