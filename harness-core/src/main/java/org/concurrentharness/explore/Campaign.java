package org.concurrentharness.explore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.AgentUnavailableException;
import org.concurrentharness.report.CampaignReport;
import org.concurrentharness.report.FailureReport;
import org.concurrentharness.report.FailureStory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything done for one test: waits for its turn, sees that the JVM can be controlled, explores on a thread of its own, and
 * watches that thread.
 */
final class Campaign {
    private static final Logger LOG = LoggerFactory.getLogger(Campaign.class);
    private static final long PATIENCE_SECONDS = 30;

    /** The engine's static state allows one campaign at a time. Fair: tests run in the order in which they came. */
    private static final ReentrantLock TURN = new ReentrantLock(true);

    private Campaign() {}

    static Exploration run(Options options, Program program) {
        if (Uncontrolled.isManaged()) {
            throw new IllegalStateException(Messages.NESTED);
        }
        awaitTurn(program.name());
        try {
            Exploration result = runNow(options, program);
            if (!program.reported()) {
                return result;
            }
            CampaignReport report = CampaignReport.write(program.name(), result, program.reportDirectory());
            return result.reported(report.files(), report.text());
        } finally {
            TURN.unlock();
        }
    }

    private static void awaitTurn(String name) {
        boolean interrupted = false;
        while (true) {
            try {
                if (TURN.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    break;
                }
                LOG.atInfo()
                        .addKeyValue("test", name)
                        .addKeyValue("seconds", PATIENCE_SECONDS)
                        .log("Waits for another campaign to end: one runs at a time in a JVM");
            } catch (InterruptedException e) {
                interrupted = true; // a test framework that gives up does so by other means; the turn comes
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Exploration runNow(Options options, Program program) {
        long start = System.nanoTime();
        Agent agent;
        try {
            agent = Agent.install();
            agent.rewriteJdk();
            agent.exploreInside(Carriers.jdkPackages(options));
        } catch (AgentUnavailableException e) {
            return notControlled(program, options, String.valueOf(e.getMessage()), start);
        }
        Carriers.Choice choice = Carriers.choose(options.carrier());
        if (choice.refusal().isPresent()) {
            return notControlled(program, options, choice.refusal().get(), start);
        }
        Exploring exploring = new Exploring(options, program, choice.kind(), start);
        Exploration result = Watchdog.await(exploring, message -> notControlled(program, options, message, start));
        for (String name : agent.notRewritten()) {
            LOG.debug("Class {} could not be rewritten; what happens inside it is not controlled", name);
        }
        LOG.atDebug()
                .addKeyValue("test", program.name())
                .addKeyValue("seed", result.seed())
                .addKeyValue("executions", result.executions())
                .addKeyValue("distinct", result.distinct())
                .addKeyValue("verdict", result.verdict())
                .addKeyValue("millis", result.elapsed().toMillis())
                .log("Campaign ended");
        return result;
    }

    /** Returns the result of a campaign that could not be run: it fails, since a pass would say nothing. */
    static Exploration notControlled(Program program, Options options, String message, long start) {
        List<String> notes = List.of();
        FailureStory story = new FailureStory(
                program.name(),
                Failure.Kind.NOT_CONTROLLED,
                message,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                options.seed(),
                0,
                0,
                0,
                "",
                "",
                notes,
                List.of(),
                "");
        Failure failure = new Failure(
                Failure.Kind.NOT_CONTROLLED,
                message,
                Optional.empty(),
                "",
                List.of(),
                program.reported() ? FailureReport.publish(story, program.reportDirectory()) : message,
                List.of(),
                story);
        return new Exploration(
                Verdict.FAILED,
                0,
                0,
                Optional.of(failure),
                Duration.ofNanos(System.nanoTime() - start),
                options.seed(),
                Map.of(),
                new ArrayList<>(notes),
                Duration.ZERO,
                0,
                List.of(),
                Coverage.NONE);
    }
}
