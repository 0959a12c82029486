package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.concurrentharness.explore.Explorations.options;
import static org.concurrentharness.explore.Tasks.together;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Timeout;

/** A campaign keeps nothing of the executions that are over. */
@Timeout(value = 900, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeapTests {
    private static long used() throws InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static void explore(CarrierKind carrier, int executions) {
        Explorer.explore(options(carrier).executions(executions), () -> {
                    byte[] large = new byte[100_000];
                    ReentrantLock lock = new ReentrantLock();
                    CountDownLatch latch = new CountDownLatch(1);
                    Thread leaked = new Thread(Tasks.runnable(() -> {
                        latch.await(1, TimeUnit.DAYS);
                        large[0] = 1;
                    }));
                    leaked.setDaemon(true);
                    leaked.start();
                    Tasks.Task task = () -> {
                        lock.lock();
                        synchronized (large) {
                            large[1]++;
                        }
                        lock.unlock();
                    };
                    together(task, task);
                })
                .orThrow();
    }

    @OnEachCarrier
    void theHeapStaysFlat(CarrierKind carrier) throws InterruptedException {
        explore(carrier, 500);
        long before = used();
        boolean fibers = carrier == CarrierKind.FIBERS;
        explore(carrier, Explorations.THOROUGH ? (fibers ? 1_000_000 : 100_000) : fibers ? 20_000 : 1_000);
        // one execution in a hundred kept alive would be 10 MB or more
        assertThat(used() - before).isLessThan(8_000_000);
    }
}
