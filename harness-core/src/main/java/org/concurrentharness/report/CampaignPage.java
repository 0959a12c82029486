package org.concurrentharness.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrentharness.explore.DataRace;
import org.concurrentharness.explore.Exploration;
import org.concurrentharness.explore.TraceStep;

/** Makes the HTML page of a campaign: its data, excerpts of the sources, and which steps matter. */
final class CampaignPage {
    private static final int VALUE = 200;

    private CampaignPage() {}

    /**
     * Returns the page.
     *
     * @param campaign the campaign as {@link CampaignJson} has it
     * @param project the directory in which to look for sources
     */
    static String of(String test, Exploration exploration, Map<String, Object> campaign, Path project) {
        Map<String, Object> data = new LinkedHashMap<>();
        Sources sources = Sources.of(project);
        for (DataRace race : CampaignJson.races(exploration)) {
            want(sources, race.first());
            want(sources, race.second());
        }
        String plain = exploration.verdict() + " " + test;
        if (exploration.failure().isPresent()) {
            FailureStory story = exploration.failure().get().story();
            for (TraceStep step : story.trace()) {
                sources.want(step.className(), step.fileName(), step.line());
            }
            data.put("rows", rows(story));
            plain = exploration.failure().get().report();
        }
        data.put("campaign", campaign);
        data.put("sources", sources.excerpts());
        return Page.of(exploration.verdict() + " " + test, Json.text(data), plain, "lanes.js", "campaign.js");
    }

    private static void want(Sources sources, DataRace.Access access) {
        want(sources, access.place());
        access.stack().forEach(place -> want(sources, place));
        access.started().ifPresent(place -> want(sources, place));
    }

    private static void want(Sources sources, StackTraceElement place) {
        String file = place.getFileName();
        sources.want(place.getClassName(), file == null ? "" : file, place.getLineNumber());
    }

    /** Returns the rows that are left when what tells nothing is folded; a step by itself is only its number. */
    private static List<Object> rows(FailureStory story) {
        List<Object> rows = new ArrayList<>();
        for (Interleaving.Row row : Interleaving.rows(story, FailureReport.names(story), Glyphs.UNICODE, VALUE)) {
            if (row.steps() == 1 && row.thread() >= 0) {
                rows.add(row.number());
            } else {
                Map<String, Object> folded = new LinkedHashMap<>();
                if (row.thread() >= 0) {
                    folded.put("first", row.number());
                }
                folded.put("steps", row.steps());
                folded.put("text", row.text(Glyphs.UNICODE));
                rows.add(folded);
            }
        }
        return rows;
    }
}
