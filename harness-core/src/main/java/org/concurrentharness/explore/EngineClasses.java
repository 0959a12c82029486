package org.concurrentharness.explore;

import org.jspecify.annotations.Nullable;

/**
 * Loads and initialises what hooks use, before the first managed thread runs.
 *
 * <p>A class that a hook used for the first time would be loaded on the managed thread, by JDK code that is hooked itself: the hook
 * would call itself without end, and the first execution would differ from the later ones.
 */
final class EngineClasses {
    /** Every class of the engine that a managed thread may be the first to use; by name, since the compiler makes some of them. */
    static final String[] CLASSES = {
        "AbortExecution",
        "Attempt",
        "Carrier",
        "Choices",
        "CommonPool",
        "CommonPool$Worker",
        "CollectionRaces",
        "CommonPool$Workers",
        "CopiedThrowable",
        "Deadlocks",
        "Deadlocks$1",
        "Dice",
        "EngineHashes",
        "ExecutionResult",
        "Exhaustive",
        "Exhaustive$Node",
        "Exhaustive$Sleeper",
        "Footprints",
        "Freeze",
        "Freeze$Table",
        "FiberCarrier",
        "FiberCarrier$Main",
        "HashCodes",
        "HeldLocks",
        "Hooks",
        "Hooks$1",
        "IdentityTable",
        "Inbox",
        "Inbox$Kind",
        "Inbox$Message",
        "JdkInternals",
        "Learner",
        "ManagedThread",
        "ManagedThread$State",
        "MemoryHooks",
        "Messages",
        "Messages$1",
        "Mix",
        "Monitors",
        "OperationCounts",
        "OptimisticReads",
        "Outcome",
        "Pct",
        "PlaceOrder",
        "Places",
        "PlatformCarrier",
        "Pos",
        "Pools",
        "Pools$Daemons",
        "RaceDetector",
        "RaceRecord",
        "RaceRecord$Draft",
        "RaceRecord$Seen",
        "RacyPoints",
        "RandomWalk",
        "RealPark",
        "Recorder",
        "Recorder$1",
        "Recorder$Entry",
        "Replay",
        "Sampler",
        "Schedule",
        "Scheduler",
        "Scheduler$1",
        "Shadow",
        "ShadowTable",
        "Sighting",
        "Surw",
        "Swaps",
        "Synchronization",
        "ThreadList",
        "ThreadTable",
        "TraceStep",
        "Uncontrolled",
        "Unmanaged",
        "Variable",
        "Variable$Table",
        "VirtualClock",
    };

    private static final String[] RULES = {
        "AccessHistory", "AccessSet", "Conflicts", "Epoch", "ThreadClock", "VectorClock",
    };

    private EngineClasses() {}

    /** Loads them; cheap after the first time. */
    static void load() {
        ClassLoader loader = EngineClasses.class.getClassLoader();
        String prefix = EngineClasses.class.getPackageName() + ".";
        for (String name : CLASSES) {
            load(prefix + name, loader);
        }
        for (String name : RULES) {
            load("org.concurrentharness.race." + name, loader);
        }
        load("org.concurrentharness.agent.Backing", loader);
        load("org.concurrentharness.agent.Locations", loader);
        load("org.concurrentharness.agent.MemoryModes", loader);
        load("org.concurrentharness.agent.Sites", loader);
        load("org.concurrentharness.agent.Site", loader);
        load("org.concurrentharness.probe.Outlined", null);
        load("org.concurrentharness.probe.Receivers", null);
        load("org.concurrentharness.probe.Receivers$Entry", null);
    }

    private static void load(String name, @Nullable ClassLoader loader) {
        try {
            Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class of the harness is missing: " + name, e);
        }
    }
}
