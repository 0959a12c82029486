package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;

/** Proofs: how many inequivalent schedules there are, and what the campaign says of them. */
class ExhaustiveTests {
    private static Options options(CarrierKind carrier) {
        return Options.defaults()
                .strategy(Search.EXHAUSTIVE)
                .executions(100_000)
                .budget(Duration.ofMinutes(10))
                .carrier(carrier);
    }

    private static void proved(Exploration result, int executions) {
        assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.PROVED);
        assertThat(result.executions()).isEqualTo(executions);
        assertThat(result.distinct()).isEqualTo(executions);
        assertThat(result.coverage().explored()).isEqualTo(1);
        assertThat(result.coverage().chanceOfNew()).isZero();
    }

    @OnEachCarrier
    void readers(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> new ClassicPrograms.Readers().run(8));
        proved(result, 256);
        assertThat(result.coverage().redundant()).isZero();
        assertThat(result.coverage().text()).isEqualTo("PROVED: all 256 inequivalent schedules were explored");
    }

    @OnEachCarrier
    void lastZero(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> new ClassicPrograms.LastZero().run(5));
        proved(result, 64);
        assertThat(result.coverage().redundant())
                .as("source sets explore 79 in all")
                .isLessThanOrEqualTo(79 - 64);
    }

    @OnEachCarrier
    void fileSystem(CarrierKind carrier) {
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.FileSystem().run(16)), 8);
    }

    @OnEachCarrier
    void indexer(CarrierKind carrier) {
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Indexer().run(12)), 8);
    }

    @OnEachCarrier
    void synchronizedIncrements(CarrierKind carrier) {
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Increments().run(2, 1)), 2);
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Increments().run(2, 2)), 6);
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Increments().run(2, 3)), 20);
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Increments().run(2, 5)), 252);
        proved(Explorer.explore(options(carrier), () -> new ClassicPrograms.Increments().run(3, 2)), 90);
    }

    @OnEachCarrier
    void independentOperations(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> new ClassicPrograms.Independent().run(7));
        proved(result, 1);
        assertThat(result.coverage().text()).isEqualTo("PROVED: the only schedule was explored");
    }

    @OnEachCarrier
    void aLockFreeStack(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> new ClassicPrograms.Stack().run());
        assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(result.executions()).isEqualTo(result.distinct());
    }

    @OnEachCarrier
    void twoLocksThatNobodySharesAreIndependent(CarrierKind carrier) {
        proved(
                Explorer.explore(options(carrier), () -> {
                    ReentrantLock a = new ReentrantLock();
                    ReentrantLock b = new ReentrantLock();
                    Thread other = new Thread(() -> {
                        a.lock();
                        a.unlock();
                    });
                    other.start();
                    b.lock();
                    b.unlock();
                    other.join();
                }),
                1);
    }

    @OnEachCarrier
    void toAskALockForItsPartsIsNoOperationOnIt(CarrierKind carrier) {
        proved(
                Explorer.explore(options(carrier), () -> {
                    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
                    ReentrantLock single = new ReentrantLock();
                    Thread other = new Thread(() -> {
                        lock.readLock();
                        single.newCondition();
                    });
                    other.start();
                    lock.writeLock();
                    single.newCondition();
                    other.join();
                }),
                1);
        proved(
                Explorer.explore(options(carrier), () -> {
                    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
                    Thread other = new Thread(() -> {
                        lock.readLock().lock();
                        lock.readLock().unlock();
                    });
                    other.start();
                    lock.readLock().lock();
                    lock.readLock().unlock();
                    other.join();
                }),
                6);
    }

    @OnEachCarrier
    void anExecutorsTasks(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            ExecutorService pool = Executors.newFixedThreadPool(2);
            Future<Integer> one = pool.submit(() -> 1);
            Future<Integer> two = pool.submit(() -> 2);
            assertThat(one.get() + two.get()).isEqualTo(3);
            pool.shutdown();
        });
        assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(result.executions()).isEqualTo(result.distinct());
    }

    @OnEachCarrier
    void aBugIsFoundAndItsTokenReplays(CarrierKind carrier) {
        ExplorationBody body = () -> {
            AtomicInteger number = new AtomicInteger();
            Runnable increment = () -> number.set(number.get() + 1);
            Thread one = new Thread(increment);
            Thread two = new Thread(increment);
            one.start();
            two.start();
            one.join();
            two.join();
            assertThat(number).hasValue(2);
        };
        Exploration result = Explorer.explore(options(carrier), body);
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        String token = result.failure().orElseThrow().replayToken();
        assertThat(Explorer.replay(token, body).verdict()).isEqualTo(Verdict.FAILED);
    }

    @OnEachCarrier
    void aDeadlockIsFound(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> new bench.DeadlockSync().run());
        assertThat(result.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.DEADLOCK);
    }

    @OnEachCarrier
    void toleratedRacesAreExploredToo(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier).dataRaces(DataRaces.REPORT), () -> {
            int[] number = new int[1];
            Thread one = new Thread(() -> number[0]++);
            Thread two = new Thread(() -> number[0]++);
            one.start();
            two.start();
            one.join();
            two.join();
            return number[0];
        });
        assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(result.outcomes()).containsOnlyKeys("1", "2");
        assertThat(result.races()).isNotEmpty();
    }

    @OnEachCarrier
    void aBoundOnPreemptionsBoundsTheProof(CarrierKind carrier) {
        ExplorationCall<Integer> body = () -> {
            AtomicInteger number = new AtomicInteger();
            Runnable increments = () -> {
                number.set(number.get() + 1);
                number.set(number.get() + 1);
            };
            Thread one = new Thread(increments);
            Thread two = new Thread(increments);
            one.start();
            two.start();
            one.join();
            two.join();
            return number.get();
        };
        Exploration none = Explorer.explore(options(carrier).preemptions(0), body);
        Exploration one = Explorer.explore(options(carrier).preemptions(1), body);
        Exploration all = Explorer.explore(options(carrier), body);
        assertThat(none.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(none.outcomes()).containsOnlyKeys("4");
        assertThat(none.coverage().text()).contains("with at most 0 preemptions");
        assertThat(one.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(one.outcomes()).containsOnlyKeys("2", "4");
        assertThat(one.coverage().text()).contains("with at most 1 preemption were");
        assertThat(all.outcomes()).containsOnlyKeys("2", "3", "4");
    }

    @OnEachCarrier
    void aSpentBudgetIsNoProof(CarrierKind carrier) {
        Exploration result =
                Explorer.explore(options(carrier).executions(100), () -> new ClassicPrograms.Increments().run(2, 10));
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.executions()).isEqualTo(100);
        assertThat(result.distinct())
                .as("without those that measured how many there are")
                .isEqualTo(100);
        assertThat(result.coverage().explored()).isBetween(0.0, 0.5);
        assertThat(result.coverage().text())
                .matches("SURVIVED after 100 inequivalent schedules, an estimated (under )?[0-9.]+ % of all");
    }

    /** Lives outside the campaign, and so is different in every execution. */
    private static final String COUNTER = "org.concurrentharness.test.counter";

    @OnEachCarrier
    void inputThatIsNotControlledMakesItInconclusive(CarrierKind carrier) {
        System.setProperty(COUNTER, "0");
        try {
            Exploration result = Explorer.explore(options(carrier), () -> {
                AtomicInteger number = new AtomicInteger();
                Thread other = new Thread(number::incrementAndGet);
                other.start();
                int count = Integer.parseInt(System.getProperty(COUNTER));
                System.setProperty(COUNTER, Integer.toString(count + 1));
                if (count % 3 == 0) {
                    number.set(5);
                }
                number.get();
                other.join();
            });
            assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(result.distinct()).isBetween(1, result.executions());
            assertThat(result.notes())
                    .anySatisfy(note -> assertThat(note)
                            .containsPattern(
                                    "Executions of the same schedule differ at step \\d+, at .*ExhaustiveTests"));
        } finally {
            System.clearProperty(COUNTER);
        }
    }

    @OnEachCarrier
    void whoLooksAtTheStatesOfThreadsGetsNoProof(CarrierKind carrier) {
        Exploration result = Explorer.explore(options(carrier), () -> {
            Thread other = new Thread(() -> {});
            other.start();
            assertThat(other.getState()).isNotNull();
            other.join();
        });
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.notes()).contains(Messages.DISTURBED);
    }

    @Test
    void impossibleBoundsAreRefused() {
        assertThatThrownBy(() -> Options.defaults().preemptions(-2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("preemptions");
    }

    // ---- AUTO -------------------------------------------------------------------------------------------------------

    @OnEachCarrier
    void autoProvesWhatIsSmall(CarrierKind carrier) {
        Options options = Options.defaults().carrier(carrier).budget(Duration.ofMinutes(1));
        Exploration result = Explorer.explore(options, () -> new ClassicPrograms.Increments().run(2, 3));
        assertThat(result.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(result.distinct()).isEqualTo(20);
        assertThat(result.coverage().text()).isEqualTo("PROVED: all 20 inequivalent schedules were explored");
    }

    @OnEachCarrier
    void autoSaysHowFarItCame(CarrierKind carrier) {
        Options options = Options.defaults()
                .carrier(carrier)
                .budget(Duration.ofMinutes(1))
                .seed(7);
        Exploration result = Explorer.explore(options, () -> new ClassicPrograms.Increments().run(2, 30));
        assertThat(result.verdict()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.executions()).isEqualTo(1_000);
        assertThat(result.coverage().schedules()).isGreaterThan(1e9);
        assertThat(result.coverage().text())
                .matches("SURVIVED 1 000 of an estimated [0-9.]+e\\d+ schedules, [0-9 ]+ of them distinct;"
                        + " a further one has about a \\d+ % chance to be new");
    }
}
