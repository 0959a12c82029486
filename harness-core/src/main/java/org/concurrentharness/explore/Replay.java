package org.concurrentharness.explore;

/** Repeats a schedule; where a wanted thread cannot run it takes the default and remembers where. */
final class Replay implements Strategy {
    private Schedule schedule;
    private int choice;
    private int next;
    private int divergedAtStep = -1;
    private int wanted;

    Replay(Schedule schedule) {
        this.schedule = schedule;
    }

    void schedule(Schedule newSchedule) {
        schedule = newSchedule;
    }

    /** Returns the step at which the schedule could not be followed, or -1. */
    int divergedAtStep() {
        return divergedAtStep;
    }

    /** Returns the thread that could not run there. */
    int wanted() {
        return wanted;
    }

    /** Returns true when the execution ended before the schedule did. */
    boolean endedEarly() {
        return next < schedule.size();
    }

    @Override
    public boolean begin(int execution) {
        choice = 0;
        next = 0;
        divergedAtStep = -1;
        return true;
    }

    @Override
    public int choose(SchedulingPoint point) {
        int index = Math.max(0, point.currentIndex());
        if (next < schedule.size() && schedule.positions()[next] == choice) {
            int thread = schedule.threads()[next++];
            int found = -1;
            for (int i = 0; i < point.candidates(); i++) {
                if (point.candidate(i) == thread) {
                    found = i;
                }
            }
            if (found >= 0) {
                index = found;
            } else if (divergedAtStep < 0) {
                divergedAtStep = point.step();
                wanted = thread;
            }
        }
        choice++;
        return index;
    }
}
