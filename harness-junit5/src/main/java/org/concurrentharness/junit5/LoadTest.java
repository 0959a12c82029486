package org.concurrentharness.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.concurrentharness.load.Arrivals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method one JUnit test that calls it from many threads for a while, measures throughput, errors and latencies, and fails when a
 * limit is not kept. See {@link org.concurrentharness.load.Load}.
 *
 * <p>All threads call the method on JUnit's own instance of the test class, after its {@code @BeforeEach} and before its
 * {@code @AfterEach} methods; parameters are resolved once, for all calls. A parameter {@code @ThreadIndex int} tells which of the threads
 * calls, from 0.
 *
 * <p>For a whole run {@code harness.load.duration}, {@code harness.load.warmup}, {@code harness.load.threads}, {@code harness.load.rate}
 * and {@code harness.seed} win over the members, as JUnit configuration parameters or system properties.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(LoadTestExtension.class)
public @interface LoadTest {
    /** Returns how many threads call the method. */
    int threads() default 1;

    /**
     * Returns how many calls are due in a second, by all threads together, such as {@code "1000/s"}: an open loop, in which latencies count
     * from the moment at which a call was due. A rate that is missed by more than 5 % fails the test, unless {@link #minThroughput} is
     * set. When empty, a closed loop: each thread calls again when its call has returned.
     */
    String rate() default "";

    /** Returns when the calls of an open loop are due. */
    Arrivals arrivals() default Arrivals.CONSTANT;

    /** Returns for how long the method is called before anything is measured: {@code "500ms"}, {@code "2s"}, {@code "1m"}; empty or {@code "0s"}: not. */
    String warmup() default "2s";

    /** Returns for how long it is measured. */
    String duration() default "10s";

    /** Returns how long one call may take before the test fails with what all threads do. */
    String timeout() default "30s";

    /** Returns the limit of the median latency, such as {@code "800us"} or {@code "5ms"}; empty: none. */
    String p50() default "";

    /** Returns the limit of the 90th percentile of the latencies; empty: none. */
    String p90() default "";

    /** Returns the limit of the 95th percentile of the latencies; empty: none. */
    String p95() default "";

    /** Returns the limit of the 99th percentile of the latencies; empty: none. */
    String p99() default "";

    /** Returns the limit of the 99.9th percentile of the latencies; empty: none. */
    String p999() default "";

    /** Returns the limit of the longest latency; empty: none. */
    String max() default "";

    /** Returns which share of the calls may throw something, such as {@code "0.1%"}; what was due and not begun is no call. */
    String errors() default "0%";

    /**
     * Returns how many calls must end in a second at least, such as {@code "5000/s"}; empty: no limit. With a rate it says what is enough,
     * and the rate itself need not be reached.
     */
    String minThroughput() default "";

    /**
     * Returns the file of a baseline, such as {@code "src/test/load/orders.json"}, that the run is compared with: below the directory in
     * which the tests run, the project's. It is made by the first run, and belongs to the sources. When empty, nothing is compared. See
     * {@link org.concurrentharness.load.Baseline}, also for {@code harness.load.baseline}, which records and updates.
     */
    String baseline() default "";

    /** Returns by which share the run may be worse than the baseline. */
    String tolerance() default "10%";

    /** Returns the seed of random arrivals; 0 chooses one afresh. The seed is always told. */
    long seed() default 0;
}
