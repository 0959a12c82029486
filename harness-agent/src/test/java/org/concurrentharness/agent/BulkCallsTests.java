package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrentharness.agent.programs.Bulk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkCallsTests {
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void hearOfCollections() {
        recorder.collections = true;
    }

    private @Nullable Object run(TestLoader loader, Class<?> program) throws Throwable {
        return Recorder.run(loader.loadClass(program.getName()), recorder);
    }

    /** What is reported of some class's calls. */
    private List<String> of(String... targets) {
        return recorder.events.stream()
                .filter(event -> {
                    for (String target : targets) {
                        if (event.contains(target)) {
                            return true;
                        }
                    }
                    return false;
                })
                .toList();
    }

    @Test
    void arraysAreCopiedByRangesUnlessThatThrows() throws Throwable {
        assertThat(run(new TestLoader.Racing(), Bulk.Copies.class)).isEqualTo(5);
        assertThat(of("System.arraycopy"))
                .containsExactly(
                        "reads int[] 1 to 3 in System.arraycopy",
                        "writes int[] 0 to 2 in System.arraycopy",
                        "reads int[] 0 to 1 in System.arraycopy",
                        "writes long[] 0 to 1 in System.arraycopy");
    }

    @Test
    void otherLoadersDoNotHearOfThem() throws Throwable {
        assertThat(run(TestLoader.campaign(), Bulk.Copies.class)).isEqualTo(5);
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void algorithmsReadAndWriteArrays() throws Throwable {
        run(new TestLoader.Racing(), Bulk.OfArrays.class);
        assertThat(of("Arrays.", "clone"))
                .filteredOn(event -> event.contains("[]"))
                .containsExactly(
                        "writes int[] 0 to 3 in Arrays.sort",
                        "writes int[] 1 to 3 in Arrays.sort",
                        "writes int[] 0 to 3 in Arrays.fill",
                        "writes int[] 0 to 1 in Arrays.fill",
                        "writes int[] 0 to 3 in Arrays.parallelPrefix",
                        "writes String[] 0 to 2 in Arrays.setAll",
                        "reads String[] 0 to 2 in Arrays.hashCode",
                        "reads int[] 0 to 2 in Arrays.equals",
                        "reads int[] 1 to 3 in Arrays.equals",
                        "reads int[] 0 to 3 in Arrays.copyOf",
                        "reads int[] 1 to 3 in Arrays.copyOfRange",
                        "reads int[] 0 to 3 in array.clone");
    }

    @Test
    void algorithmsReadAndWriteCollections() throws Throwable {
        run(new TestLoader.Racing(), Bulk.OfCollections.class);
        assertThat(of("Collections.", "new "))
                .containsExactly(
                        "changes ArrayList Collections.sort",
                        "changes ArrayList Collections.swap",
                        "reads ArrayList Collections.max",
                        "reads ArrayList new LinkedList",
                        "changes LinkedList Collections.copy",
                        "reads ArrayList Collections.copy",
                        "reads ArrayList Collections.disjoint",
                        "reads LinkedList Collections.disjoint",
                        "changes ArrayList Collections.addAll");
    }

    @Test
    void collectionsThatAreGivenToOthersAreRead() throws Throwable {
        run(new TestLoader.Racing(), Bulk.Given.class);
        assertThat(of("reads"))
                .filteredOn(event -> !event.contains("size") && !event.contains("clone"))
                .containsExactly(
                        "reads ArrayList new HashSet",
                        "reads HashMap new HashMap",
                        "reads ArrayList List.copyOf",
                        "reads RegularEnumSet EnumSet.copyOf",
                        "reads HashMap ConcurrentHashMap.putAll",
                        "reads ArrayList CopyOnWriteArrayList.addAll",
                        "reads ArrayList new LinkedBlockingQueue",
                        "reads ArrayList new ArrayList",
                        "reads ArrayList ArrayList.addAll");
    }

    @Test
    void optimisticReadsAreToldWithTheirStampsAndWhetherTheyWereGood() throws Throwable {
        assertThat(run(TestLoader.campaign(), Bulk.Stamps.class)).isEqualTo(true);
        assertThat(recorder.events.stream().filter(event -> !event.matches("-> \\d+")))
                .containsExactly(
                        "call StampedLock StampedLock.tryOptimisticRead",
                        "stamp",
                        "call StampedLock StampedLock.writeLock",
                        "call StampedLock StampedLock.tryOptimisticRead",
                        "no stamp",
                        "call StampedLock StampedLock.validate",
                        "not valid",
                        "-> false",
                        "call StampedLock StampedLock.tryConvertToOptimisticRead",
                        "stamp",
                        "call StampedLock StampedLock.validate",
                        "valid",
                        "-> true");
    }
}
