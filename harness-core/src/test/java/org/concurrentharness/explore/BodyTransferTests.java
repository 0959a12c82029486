package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Bodies run here on an ordinary thread: taking them in needs no engine. */
class BodyTransferTests {
    static int staticField;

    private int instanceField = 1;
    private final List<String> made = new ArrayList<>(List.of("by the constructor"));

    // Not a field: the campaign's copy of this class must not touch what is package-private in the shared class.
    private static SharedPackages shared() {
        return new SharedPackages(List.of(), List.of());
    }

    private static CampaignClassLoader newLoader() {
        return new CampaignClassLoader(BodyTransferTests.class.getClassLoader(), List.of(), List.of());
    }

    static boolean isInCampaign(Class<?> type) {
        return type.getClassLoader() instanceof CampaignClassLoader;
    }

    /** Runs a body twice in one campaign and returns both outcomes. */
    private static List<Object> twice(ExplorationCall<?> body) throws Throwable {
        BodyTransfer.Arrived in = BodyTransfer.of(body, shared()).into(newLoader());
        return List.of(String.valueOf(in.run()), String.valueOf(in.run()));
    }

    private static Object once(ExplorationCall<?> body) throws Throwable {
        return twice(body).get(0);
    }

    private static void assertRefused(ExplorationBody body, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BodyTransfer.of(body, shared()))
                .withMessage(message);
    }

    @Test
    void runsInTheCampaignsCopyOfTheClass() throws Throwable {
        staticField = 5;
        assertThat(once(() -> isInCampaign(BodyTransferTests.class))).isEqualTo("true");
        assertThat(once(() -> staticField++)).isEqualTo("0");
        assertThat(staticField).isEqualTo(5);
    }

    @Test
    void keepsStaticStateOfTheCampaignBetweenExecutions() throws Throwable {
        assertThat(twice(() -> staticField++)).containsExactly("0", "1");
    }

    @Test
    void reusesWhatCannotChange() throws Throwable {
        String text = "text";
        int number = 1;
        long big = 2;
        double fraction = 0.5;
        boolean truth = true;
        char letter = 'c';
        TimeUnit unit = TimeUnit.DAYS;
        Duration duration = Duration.ofSeconds(3);
        assertThat(once(() -> text + number + big + fraction + truth + letter + unit + duration))
                .isEqualTo("text120.5truecDAYSPT3S");
    }

    @Test
    void turnsClassesAndConstantsIntoTheCampaigns() throws Throwable {
        Class<?> type = Colour.class;
        Colour red = Colour.RED;
        assertThat(once(() -> type == Colour.class && red == Colour.RED && red.getClass() == type))
                .isEqualTo("true");
        assertThat(once(() -> isInCampaign(type))).isEqualTo("true");
    }

    @Test
    void copiesSerializableObjectsAfreshForEachExecution() throws Throwable {
        AtomicInteger counter = new AtomicInteger(10);
        int[] array = {20};
        List<String> list = new ArrayList<>();
        Map<Colour, Point> map = new HashMap<>(Map.of(Colour.GREEN, new Point(1, 2)));
        ReentrantLock lock = new ReentrantLock();
        assertThat(twice(() -> {
                    lock.lock();
                    list.add("more");
                    return counter.incrementAndGet() + " " + ++array[0] + " " + list + " "
                            + map.get(Colour.GREEN).sum();
                }))
                .containsExactly("11 21 [more] 3", "11 21 [more] 3");
        assertThat(counter).hasValue(10);
        assertThat(list).isEmpty();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void copiesObjectsWhoseRewrittenClassHasAnotherDefaultSerialVersion() throws Throwable {
        WithSynchronizedMethod object = new WithSynchronizedMethod();
        object.set(3);
        assertThat(once(() -> object.get())).isEqualTo("3");
    }

    @Test
    void keepsOneObjectOne() throws Throwable {
        Object lock = new Object();
        Object same = lock;
        StringBuilder builder = new StringBuilder("x");
        List<StringBuilder> list = new ArrayList<>(List.of(builder));
        assertThat(once(() -> lock == same && list.get(0) == builder)).isEqualTo("true");
    }

    @Test
    void makesTheEnclosingInstanceAnewForEachExecution() throws Throwable {
        instanceField = 100;
        made.add("later");
        assertThat(twice(() -> {
                    made.add("by the body");
                    return instanceField++ + " " + made;
                }))
                .containsExactly("1 [by the constructor, by the body]", "1 [by the constructor, by the body]");
        assertThat(instanceField).isEqualTo(100);
    }

    @Test
    void makesOthersAnewThatWereNotChanged() throws Throwable {
        Counter counter = new Counter();
        assertThat(twice(() -> counter.next())).containsExactly("1", "1");
    }

    @Test
    void refusesToMakeAnewWhatWasChanged() {
        Counter counter = new Counter();
        counter.next();
        assertRefused(
                () -> counter.next(),
                "A lambda of org.concurrentharness.explore.BodyTransferTests captures a"
                        + " org.concurrentharness.explore.BodyTransferTests$Counter, which was changed after its"
                        + " construction outside the campaign; make it inside the body.");
    }

    @Test
    void passesObjectsOfSharedClassesAndPaths(TestInfo info) throws Throwable {
        Path path = Path.of("a", "b");
        Charset charset = StandardCharsets.UTF_8;
        assertThat(once(() -> info.getDisplayName() + path + charset))
                .isEqualTo(info.getDisplayName() + path + charset);
    }

    @Test
    void refusesWhatCannotTravel() {
        String start = "A lambda of org.concurrentharness.explore.BodyTransferTests captures ";
        String end = ", which is made outside the campaign; make it inside the body.";
        CountDownLatch latch = new CountDownLatch(1);
        assertRefused(latch::countDown, start + "a java.util.concurrent.CountDownLatch" + end);
        Thread thread = new Thread();
        assertRefused(() -> thread.start(), start + "a java.lang.Thread" + end);
        ExecutorService pool = Executors.newFixedThreadPool(1);
        assertRefused(() -> pool.shutdown(), start + "a java.util.concurrent.ThreadPoolExecutor" + end);
        pool.shutdown();
        Runnable runnable = () -> {};
        assertRefused(
                () -> runnable.run(),
                start + "another lambda of org.concurrentharness.explore.BodyTransferTests" + end);
        NoDefaultConstructor object = new NoDefaultConstructor(1);
        assertRefused(
                () -> object.toString(),
                start + "a org.concurrentharness.explore.BodyTransferTests$NoDefaultConstructor" + end);
        List<Object> nested = new ArrayList<>(List.of(object));
        assertRefused(
                () -> nested.clear(),
                start + "a org.concurrentharness.explore.BodyTransferTests$NoDefaultConstructor" + end);
    }

    @Test
    void refusesAnEnclosingInstanceThatCannotBeMadeAnew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NoDefaultConstructor(1).explore())
                .withMessage(
                        "A lambda of org.concurrentharness.explore.BodyTransferTests$NoDefaultConstructor captures its"
                                + " enclosing org.concurrentharness.explore.BodyTransferTests$NoDefaultConstructor, which has no"
                                + " constructor without arguments to be made anew by; make what it needs of it inside the body.");
    }

    @Test
    void makesInnerClassesAnewWithTheirEnclosingInstances() throws Throwable {
        assertThat(new Inner().result()).isEqualTo("1 [by the constructor] inner");
    }

    @Test
    void takesMethodReferences() throws Throwable {
        assertThat(once(BodyTransferTests::answer)).isEqualTo("42");
        assertThat(once(this::instanceAnswer)).isEqualTo("1");
        assertThat(once(ArrayList::new)).isEqualTo("[]");
        Counter counter = new Counter();
        assertThat(once(counter::next)).isEqualTo("1");
        AtomicInteger number = new AtomicInteger(6);
        assertThat(twice(number::incrementAndGet)).containsExactly("7", "7");
    }

    @Test
    @SuppressWarnings("serial")
    void takesAnonymousAndNamedClasses() throws Throwable {
        int captured = 8;
        ExplorationCall<String> anonymous = new ExplorationCall<>() {
            private int calls;

            @Override
            public String call() {
                return ++calls + " " + captured + " " + made + " " + isInCampaign(getClass());
            }
        };
        assertThat(twice(anonymous)).containsExactly("1 8 [by the constructor] true", "1 8 [by the constructor] true");
        assertThat(twice(new NamedBody(4))).containsExactly("5", "5");
    }

    @Test
    void takesLambdasThatCaptureSerializableLambdas() throws Throwable {
        int captured = 3;
        ExplorationCall<Integer> inner = () -> captured + staticField;
        assertThat(once(() -> inner.call() + 1)).isEqualTo("4");
    }

    @Test
    void callsNoOutcomeNull() throws Throwable {
        assertThat(once(() -> null)).isEqualTo("null");
        ExplorationBody body = BodyTransferTests::answer;
        assertThat(BodyTransfer.of(body, shared()).into(newLoader()).run()).isNull();
    }

    @Test
    void throwsWhatTheBodyThrows() {
        ExplorationBody body = () -> {
            throw new java.io.IOException("as it is");
        };
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> BodyTransfer.of(body, shared()).into(newLoader()).run()))
                .isExactlyInstanceOf(java.io.IOException.class)
                .hasMessage("as it is");
    }

    @Test
    void namesTheTestByItsMethod() {
        ExplorationBody lambda = () -> {};
        ExplorationBody reference = BodyTransferTests::answer;
        String type = "org.concurrentharness.explore.BodyTransferTests";
        assertThat(BodyTransfer.of(lambda, shared()).name()).isEqualTo(type + "#namesTheTestByItsMethod");
        assertThat(BodyTransfer.of(reference, shared()).name()).isEqualTo(type + "#answer");
        assertThat(BodyTransfer.of(Holder.IN_INITIALISER, shared()).name()).isEqualTo(type + "$Holder");
        assertThat(BodyTransfer.of((ExplorationBody) new NamedBody(1), shared()).name())
                .isEqualTo(type + "$NamedBody");
    }

    @Test
    void refusesToNest() throws Throwable {
        CampaignClassLoader loader = newLoader();
        Class<?> copy = loader.loadClass(Holder.class.getName());
        java.lang.reflect.Field field = copy.getDeclaredField("IN_INITIALISER");
        field.setAccessible(true);
        ExplorationBody inside = (ExplorationBody) field.get(null);
        assertThatIllegalStateException()
                .isThrownBy(() -> Explorer.check(inside))
                .withMessage("Explorer was called inside a campaign, but campaigns do not nest;"
                        + " call it from an ordinary test method.");
    }

    @Test
    void takesUnderAMicrosecondToPrepareAnExecutionWithoutCaptures() throws Throwable {
        BodyProgram program =
                new BodyProgram(BodyTransfer.of((ExplorationBody) () -> {}, shared()), Options.defaults(), List.of());
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                program.execution().run();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best / 20_000).isLessThan(1_000);
    }

    static int answer() {
        return 42;
    }

    private int instanceAnswer() {
        return instanceField;
    }

    enum Colour {
        RED,
        GREEN
    }

    record Point(int x, int y) implements Serializable {
        int sum() {
            return x + y;
        }
    }

    static class Holder {
        static final ExplorationBody IN_INITIALISER = () -> {};
    }

    static class Counter {
        private final AtomicInteger number = new AtomicInteger();
        private final Object lock = new Object();

        int next() {
            synchronized (lock) {
                return number.incrementAndGet();
            }
        }
    }

    static class NoDefaultConstructor {
        private final int number;

        NoDefaultConstructor(int number) {
            this.number = number;
        }

        void explore() {
            ExplorationCall<Integer> body = () -> number;
            BodyTransfer.of(body, shared());
        }
    }

    class Inner {
        final String name = "inner";

        Object result() throws Throwable {
            return once(() -> instanceField + " " + made + " " + name);
        }
    }

    @SuppressWarnings("serial")
    static class WithSynchronizedMethod implements Serializable {
        private int value;

        synchronized void set(int value) {
            this.value = value;
        }

        synchronized int get() {
            return value;
        }
    }

    @SuppressWarnings("serial")
    static class NamedBody implements ExplorationBody, ExplorationCall<Integer> {
        private int number;

        NamedBody(int number) {
            this.number = number;
        }

        @Override
        public void run() {
            number++;
        }

        @Override
        public Integer call() {
            return ++number;
        }
    }
}
