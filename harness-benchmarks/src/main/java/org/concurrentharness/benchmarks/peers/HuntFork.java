package org.concurrentharness.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.concurrentharness.benchmarks.programs.Subject;

/** The JVM of one hunt. */
final class HuntFork {
    private final Tool tool;
    private final Hunt hunt;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicLong largestChild = new AtomicLong();
    private final double startMillis;
    private double cpuBefore;
    private long start;

    private HuntFork(Tool tool, Hunt hunt) throws IOException {
        this.tool = tool;
        this.hunt = hunt;
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        startMillis = Duration.between(started, Instant.now()).toNanos() / 1e6;
        // what tells is loaded before: a tool that rewrites classes may be at it when the time is over
        finding(new Hunt.Result(false, 0, "")).line();
        cpuBefore = Footing.cpuMillis();
        start = System.nanoTime();
    }

    /**
     * Prints a {@link Finding}.
     *
     * @param arguments the tool, the program, the seed, and the budget in seconds of processor time
     */
    public static void main(String[] arguments) throws Exception {
        Tool tool = Tool.valueOf(arguments[0]);
        Duration budget = Duration.ofSeconds(Long.parseLong(arguments[3]));
        HuntFork fork =
                new HuntFork(tool, tool.hunt(Subject.valueOf(arguments[1]), Long.parseLong(arguments[2]), budget));
        fork.watch(budget);
        fork.tell(fork.hunt.run());
    }

    /**
     * Ends this JVM when its processor time is over, which other load on the machine does not take from it; and looks at the JVMs that
     * it starts, whose time is their own affair.
     */
    private void watch(Duration budget) {
        Thread watch = new Thread(() -> {
            try {
                while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                    if (tool == Tool.JCSTRESS) {
                        ProcessHandle.current()
                                .descendants()
                                .mapToLong(child -> Footing.peakKilobytes(child.pid()))
                                .forEach(peak -> largestChild.accumulateAndGet(peak, Math::max));
                    }
                    if (Footing.cpuMillis() - cpuBefore > budget.toMillis()
                            || System.nanoTime() - start > Tool.longest(budget).toNanos()) {
                        tell(new Hunt.Result(false, hunt.executions(), "budget spent"));
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    private synchronized void tell(Hunt.Result result) {
        if (ended.getCount() == 0) {
            return;
        }
        ended.countDown();
        try {
            System.out.println(finding(result).line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.flush();
        // hung threads of the program keep the JVM from ending by itself
        Runtime.getRuntime().halt(0);
    }

    private Finding finding(Hunt.Result result) throws IOException {
        return new Finding(
                result.found(),
                result.executions(),
                result.toBug(),
                (System.nanoTime() - start) / 1e6,
                Footing.cpuMillis() - cpuBefore,
                Footing.peakKilobytes(ProcessHandle.current().pid()) + largestChild.get(),
                startMillis,
                result.remark());
    }
}
