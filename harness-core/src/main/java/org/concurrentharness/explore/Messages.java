package org.concurrentharness.explore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;

/** The texts of failures that the engine finds; each names the place, what was found, and the mend. */
final class Messages {
    private Messages() {}

    static Outcome blocksInInitialiser(ManagedThread me, ManagedThread.State state) {
        return Outcome.of(
                Failure.Kind.NOT_CONTROLLED,
                "Thread " + me.name() + " " + verb(state) + " inside a class initialiser, at " + place(me.site)
                        + ". The JVM lets no other thread use that class until its initialiser has ended, so nothing can be"
                        + " scheduled meanwhile. Move the waiting out of the static initialiser.",
                List.of());
    }

    static Outcome pinned(ManagedThread me, ManagedThread.State state) {
        return Outcome.of(
                Failure.Kind.NOT_CONTROLLED,
                "Thread " + me.name() + " " + verb(state) + " with a native frame on its stack, at " + place(me.site)
                        + ", and cannot be set aside there. Set harness.carrier=threads for this test.",
                List.of());
    }

    static Outcome stepBound(Scheduler scheduler, int maxSteps) {
        List<String> details = new ArrayList<>();
        for (int i = 0; i < scheduler.threads.size(); i++) {
            ManagedThread thread = scheduler.threads.get(i);
            if (thread.state != ManagedThread.State.TERMINATED) {
                details.add(Deadlocks.line(scheduler, thread));
            }
        }
        return Outcome.of(
                Failure.Kind.LIVELOCK,
                "The execution did not end within " + maxSteps
                        + " steps. Either its threads wait for each other in a loop, or it is just long: raise maxSteps then.",
                details);
    }

    static Outcome leaked(List<String> threads) {
        return Outcome.of(
                Failure.Kind.LEAKED_THREAD,
                (threads.size() == 1 ? "A thread is" : threads.size() + " threads are")
                        + " still alive after the body has ended. Shut down what the test starts, or set leakedThreads.",
                threads);
    }

    static Outcome systemExit(ManagedThread me, int status) {
        return Outcome.of(
                Failure.Kind.NOT_CONTROLLED,
                "Thread " + me.name() + " calls System.exit(" + status
                        + "), which would end the test JVM; it was not carried out. Replace the call by something that a test"
                        + " can observe.",
                List.of());
    }

    /**
     * Says that the same schedule does not do the same.
     *
     * @param firstDifference where two executions of it part, or an empty text
     */
    static String differingExecutions(String firstDifference, Attempt one, Attempt other) {
        String difference = firstDifference;
        if (difference.isEmpty() && one.result() != null && !one.result().equals(other.result())) {
            difference = "its outcome was " + one.result() + " once and " + other.result() + " the next time";
        }
        return "Executions of the same schedule differ, so that this pass covers less than it seems"
                + (difference.isEmpty() ? "" : ": " + difference)
                + ". The test depends on static state or on input that is not controlled (files, network, real time)."
                + " If it is static state, set isolate = true.";
    }

    static final String TOO_MANY_THREADS =
            "The exhaustive search tells at most 64 threads apart, and this test has more."
                    + " Set strategy to AUTO, or let the test start fewer threads.";

    static final String DISTURBED =
            "Every schedule was explored as far as can be told, which is no proof here: threads that are not managed took part,"
                    + " or code ran that cannot be interrupted where it had to wait, or the test looks at what threads are doing"
                    + " (Thread.getState).";

    static String stepDiffers(int step, int site) {
        return "Executions of the same schedule differ at step " + step + ", at " + place(site)
                + ": the test depends on static state or on input that is not controlled (files, network, real time)."
                + " If it is static state, set isolate = true.";
    }

    static final String STATIC_STATE =
            "The first executions of the same schedule differ from the later ones: some static state is"
                    + " set once in a campaign. What happens before it is set was explored only once; isolate = true explores it each"
                    + " time.";

    static final String ONLY_ONCE =
            "Only the first execution fails like this: the classes of the test were new then. It most likely depends on"
                    + " static state; set isolate = true to explore it with fresh classes each time.";

    static final String NESTED =
            "Explorer was called inside a campaign, but campaigns do not nest; call it from an ordinary test method.";

    static final String RACE_ONLY_ONCE =
            "The race was seen only while static state was new: later executions find it set and do not"
                    + " write it again. Set isolate = true to explore it with fresh classes each time.";

    static String race(DataRace race, int more) {
        return race.variable() + " is " + done(race.first()) + " and " + done(race.second())
                + ", and nothing orders the two."
                + (more == 0 ? "" : more == 1 ? " One more race was found." : " " + more + " more races were found.");
    }

    private static String done(DataRace.Access access) {
        String what = switch (access.operation()) {
            case "read" -> "read";
            case "write" -> "written";
            default -> "used in " + access.operation();
        };
        return what + " by " + access.threadName();
    }

    static String raceNote(DataRace race) {
        return "Data race on " + race + ". " + race.synchronization() + " " + race.mend();
    }

    /** Says what happened in an execution that has a race. */
    static String harm(Outcome outcome, boolean switchesAtRace) {
        return (switchesAtRace
                        ? "The race does harm. With the racy accesses as scheduling points, this interleaving fails: "
                        : "The test also fails in another way, for which no switch at a racy access is needed: ")
                + outcome.message();
    }

    static String otherOutcome(String outcome, Collection<String> usual) {
        return "The race changes the outcome. With the racy accesses as scheduling points, this interleaving gives "
                + outcome + "; without, only " + String.join(", ", usual) + (usual.size() == 1 ? " was" : " were")
                + " seen.";
    }

    static String harmNotRepeated(Attempt harmful) {
        Outcome outcome = harmful.outcome();
        return "An execution with the racy accesses as scheduling points "
                + (outcome == null ? "gave " + harmful.result() : "failed: " + outcome.message())
                + " - but a replay of it did not. If the test depends on static state, set isolate = true.";
    }

    static String noHarm(int executions) {
        return "No harm was found in " + executions + (executions == 1 ? " more execution" : " more executions")
                + " with the racy accesses as scheduling points. The memory model allows results that no interleaving shows,"
                + " so it is a bug all the same.";
    }

    static String leakNote(List<String> threads) {
        return (threads.size() == 1 ? "A thread outlives" : threads.size() + " threads outlive") + " the body: "
                + String.join("; ", threads) + ".";
    }

    static String notRepeated(Replay replay, String firstDifference) {
        StringBuilder text = new StringBuilder("A replay of the failing schedule did not fail in the same way");
        if (!firstDifference.isEmpty()) {
            text.append(": ").append(firstDifference);
        } else if (replay.divergedAtStep() >= 0) {
            text.append(": at step ")
                    .append(replay.divergedAtStep())
                    .append(" thread ")
                    .append(replay.wanted())
                    .append(" could not run");
        }
        return text.append(
                        ". The executions depend on static state or on input that is not controlled. If it is static state,")
                .append(" set isolate = true.")
                .toString();
    }

    static String replayDiverged(Replay replay, Attempt attempt, int choices) {
        StringBuilder text = new StringBuilder("The replay diverged from the recorded schedule ");
        if (replay.divergedAtStep() >= 0) {
            text.append("at step ")
                    .append(replay.divergedAtStep())
                    .append(": thread ")
                    .append(replay.wanted())
                    .append(" could not run there");
        } else {
            text.append("at its end: it has ")
                    .append(choices)
                    .append(" choices, but the execution made ")
                    .append(attempt.schedule().length());
        }
        return text.append(
                        ", and nothing failed. The code, its libraries or the JDK are not those that the token was made with;")
                .append(" remove the replay token to explore again.")
                .toString();
    }

    /** Describes a step in a sentence. */
    static String step(TraceStep step) {
        return step.operation() + " by " + step.threadName() + " at " + step.fileName() + ":" + step.line();
    }

    private static String verb(ManagedThread.State state) {
        return switch (state) {
            case BLOCKED -> "has to wait for a monitor";
            case WAITING -> "waits at a monitor";
            case PARKED -> "parks";
            case SLEEPING -> "sleeps";
            case JOINING -> "joins a thread";
            case RUNNABLE, TERMINATED -> "stops";
        };
    }

    /** Returns where a site is, as a stack frame would show it. */
    static String place(int site) {
        if (site == 0) {
            return "a place in the JDK";
        }
        Site found = Sites.get(site);
        return found.className() + "." + found.method() + "(" + found.sourceFile() + ":" + found.line() + ")";
    }
}
