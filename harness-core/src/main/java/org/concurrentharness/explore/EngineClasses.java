package org.concurrentharness.explore;

import java.util.List;

/**
 * Loads the engine's classes before the first managed thread runs. A class loader uses concurrent maps, whose hooks lead back to
 * the engine: a hook that had to load one of its classes would call itself for ever.
 */
final class EngineClasses {
    private static final List<Class<?>> ALL = List.of(
            AbortExecution.class,
            Attempt.class,
            Choices.class,
            CopiedThrowable.class,
            Deadlocks.class,
            ExecutionResult.class,
            HashCodes.class,
            Hooks.class,
            Inbox.class,
            Inbox.Message.class,
            JdkInternals.class,
            ManagedThread.class,
            ManagedThread.State.class,
            Messages.class,
            Monitors.class,
            Outcome.class,
            Pools.class,
            Recorder.class,
            Shadow.class,
            ShadowTable.class,
            ThreadList.class,
            ThreadTable.class,
            TraceStep.class,
            Unmanaged.class,
            VirtualClock.class);

    private EngineClasses() {}

    static void load() {
        for (Class<?> type : ALL) {
            try {
                Class.forName(type.getName(), true, type.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("a class that is loaded is found", e);
            }
        }
    }
}
