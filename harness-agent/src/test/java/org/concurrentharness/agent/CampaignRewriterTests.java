package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;
import org.concurrentharness.agent.programs.Calls;
import org.concurrentharness.agent.programs.Initializers;
import org.concurrentharness.agent.programs.Monitors;
import org.concurrentharness.agent.programs.References;
import org.concurrentharness.agent.programs.Replaced;
import org.concurrentharness.agent.programs.Volatiles;
import org.concurrentharness.probe.Probe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CampaignRewriterTests {
    private final TestLoader loader = TestLoader.campaign();
    private final Recorder recorder = new Recorder();

    private @Nullable Object run(Class<?> program, Object... arguments) throws Throwable {
        Class<?> copy = loader.loadClass(program.getName());
        assertThat(copy).isNotSameAs(program);
        return Recorder.run(copy, recorder, arguments);
    }

    @AfterEach
    void everythingWasRewritten() {
        assertThat(Agent.install().notRewritten()).isEmpty();
    }

    @Test
    void synchronizedBlocksBecomeHooks() throws Throwable {
        assertThat(run(Monitors.Block.class)).isEqualTo(1);
        assertThat(recorder.events).containsExactly("enter String", "exit String", "enter String", "exit String");
    }

    @Test
    void synchronizedOnNullStillThrows() {
        assertThatThrownBy(() -> run(Monitors.NullLock.class)).isInstanceOf(NullPointerException.class);
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void anExceptionLeavesTheBlockOnce() {
        assertThatThrownBy(() -> run(Monitors.Throwing.class)).hasMessage("in the block");
        assertThat(recorder.events).containsExactly("enter String", "exit String");
    }

    @Test
    void synchronizedMethodsLoseTheirMonitor() throws Throwable {
        assertThat(run(Monitors.Methods.class)).isEqualTo("sum 7");
        assertThat(recorder.events)
                .containsExactly(
                        "enter Methods",
                        "exit Methods",
                        "enter Methods",
                        "exit Methods",
                        "enter Methods",
                        "exit Methods",
                        "enter Methods.class",
                        "exit Methods.class");
    }

    @Test
    void monitorsInLambdasAreRewritten() throws Throwable {
        assertThat(run(Monitors.InLambda.class)).isEqualTo(5);
        assertThat(recorder.events)
                .containsExactly("enter String", "enter InLambda.class", "exit InLambda.class", "exit String");
    }

    @Test
    void volatileFieldsAreHookedWithTheirOwner() throws Throwable {
        assertThat(run(Volatiles.Instance.class)).isEqualTo(8L + 3 + 4);
        assertThat(recorder.events)
                .containsExactly(
                        "write Instance Volatiles.Base.inherited",
                        "write Instance Volatiles.Base.object",
                        "write Instance Volatiles.Instance.number",
                        "read Instance Volatiles.Instance.number",
                        "-> 7",
                        "write Instance Volatiles.Instance.number",
                        "read Instance Volatiles.Base.inherited",
                        "-> 1",
                        "write Instance Volatiles.Base.inherited",
                        "write Instance Volatiles.Base.object",
                        "read Instance Volatiles.Instance.number",
                        "-> 8",
                        "read Instance Volatiles.Base.inherited",
                        "-> 3");
    }

    @Test
    void staticVolatileFieldsHaveNoOwner() throws Throwable {
        assertThat(run(Volatiles.Statics.class)).isEqualTo(4.0);
        assertThat(recorder.events)
                .containsExactly(
                        "write null Volatiles.Base.shared",
                        "read null Volatiles.Base.shared",
                        "-> 2.0",
                        "read null Volatiles.Base.shared",
                        "-> 2.0");
    }

    @Test
    void fieldsOfInnerClassesAreHooked() throws Throwable {
        assertThat(run(Volatiles.Outer.class)).isEqualTo(4);
        assertThat(recorder.events)
                .containsExactly(
                        "write Inner Volatiles.Outer.Inner.value", "read Inner Volatiles.Outer.Inner.value", "-> 4");
    }

    @Test
    void callsOfAtomicsArePoints() throws Throwable {
        assertThat(run(Calls.Atomics.class)).isEqualTo(3L + 6 + 8);
        assertThat(recorder.events)
                .containsExactly(
                        "call AtomicInteger AtomicInteger.get",
                        "-> 1",
                        "call AtomicInteger AtomicInteger.set",
                        "call AtomicInteger AtomicInteger.compareAndSet",
                        "-> true",
                        "call AtomicLong AtomicLong.addAndGet",
                        "-> 5",
                        "call AtomicLong AtomicLong.compareAndSet",
                        "-> true",
                        "call AtomicLongArray AtomicLongArray.compareAndSet",
                        "-> true",
                        "call AtomicInteger AtomicInteger.get",
                        "-> 3",
                        "call AtomicLong AtomicLong.get",
                        "-> 6",
                        "call AtomicLongArray AtomicLongArray.get",
                        "-> 8");
    }

    @Test
    void inheritedAndSuperCallsArePoints() throws Throwable {
        assertThat(run(Calls.MyLock.class)).isEqualTo(1);
        assertThat(recorder.events)
                .containsExactly("call MyLock ReentrantLock.lock", "call MyLock ReentrantLock.unlock");
    }

    @Test
    void methodsInheritedByInterfacesArePoints() throws Throwable {
        assertThat(run(Calls.MyLinkedQueue.class)).isEqualTo(2);
        assertThat(recorder.events)
                .containsExactly(
                        "call MyLinkedQueue BlockingQueue.put",
                        "call MyLinkedQueue BlockingQueue.offer",
                        "-> true",
                        "call MyLinkedQueue Collection.size",
                        "-> 2");
    }

    @Test
    void collectionsArePointsByTheirClass() throws Throwable {
        assertThat(run(Calls.Collected.class)).isEqualTo(6);
        assertThat(recorder.events.stream().filter(event -> !event.startsWith("->")))
                .containsExactly(
                        "call ConcurrentHashMap Map.put",
                        "call ConcurrentHashMap Map.replace",
                        "call ConcurrentLinkedQueue Queue.add",
                        "call ConcurrentLinkedQueue Queue.iterator",
                        "call Itr Iterator.hasNext",
                        "call Itr Iterator.next",
                        "call Itr Iterator.hasNext",
                        "call SynchronizedRandomAccessList List.add",
                        "callSynchronized Vector Vector.add",
                        "callSynchronized Vector Collection.size",
                        "call SynchronizedRandomAccessList List.get");
    }

    @Test
    void theReceiverIsFoundUnderManyArguments() throws Throwable {
        assertThat(run(Calls.Timed.class)).isEqualTo(true);
        assertThat(recorder.events)
                .containsExactly(
                        "call CountDownLatch CountDownLatch.countDown",
                        "call CountDownLatch CountDownLatch.await",
                        "-> true");
    }

    @Test
    void methodsOfObjectAreReplaced() throws Throwable {
        run(Replaced.OfObject.class);
        assertThat(recorder.events)
                .containsExactly(
                        "enter String",
                        "wait 0 Object.wait",
                        "wait 3000000 Object.wait",
                        "wait 3000004 Object.wait",
                        "wait 5000 TimeUnit.timedWait",
                        "notify String Object.notify",
                        "notifyAll int[] Object.notifyAll",
                        "exit String");
    }

    @Test
    void systemCallsAreReplaced() throws Throwable {
        assertThat(run(Replaced.Time.class)).isEqualTo("42 4200 00000000-0000-4000-8000-000000000000");
        assertThat(recorder.events).containsExactly("systemExit 2", "systemExit 3", "systemExit 1");
    }

    @Test
    void methodReferencesGoThroughBridges() throws Throwable {
        assertThat(run(References.Bound.class)).isEqualTo(4L + 4 + 1 + 42);
        assertThat(recorder.events)
                .containsExactly(
                        "call ReentrantLock Lock.lock",
                        "call ConcurrentLinkedQueue ConcurrentLinkedQueue.add",
                        "-> true",
                        "call AtomicInteger AtomicInteger.incrementAndGet",
                        "-> 4",
                        "call AtomicInteger AtomicInteger.get",
                        "-> 4",
                        "call AtomicLong AtomicLong.incrementAndGet",
                        "-> 1");
    }

    @Test
    void otherMethodReferencesStay() throws Throwable {
        assertThat(run(References.Unrelated.class)).isEqualTo(3);
        assertThat(loader.loadClass(References.Unrelated.class.getName()).getDeclaredMethods())
                .noneMatch(method -> method.getName().startsWith("ch$bridge"));
    }

    @Test
    void interfacesMayHoldBridges() throws Throwable {
        assertThat(run(References.Host.class)).isEqualTo(4);
        assertThat(recorder.events).containsExactly("call AtomicInteger AtomicInteger.incrementAndGet", "-> 4");
    }

    @Test
    void replacedCallsInMethodReferencesAreReplacedToo() throws Throwable {
        run(References.Notifying.class);
        assertThat(recorder.events).containsExactly("notifyAll String Object.notifyAll");
    }

    @Test
    void serializableMethodReferencesCanStillBeReadBack() throws Throwable {
        Object supplier = run(References.Serialized.class);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(written)) {
            out.writeObject(supplier);
        }
        InputStream bytes = new ByteArrayInputStream(written.toByteArray());
        try (ObjectInputStream in = new ObjectInputStream(bytes) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
                return Class.forName(description.getName(), false, loader);
            }
        }) {
            assertThat(((Supplier<?>) in.readObject()).get()).isEqualTo(4);
        }
    }

    @Test
    void classInitializersAreBracketed() throws Throwable {
        assertThat(run(Initializers.Uses.class)).isEqualTo(3);
        assertThat(recorder.events)
                .containsExactly(
                        "initEnter",
                        "call AtomicInteger AtomicInteger.set",
                        "initExit",
                        "call AtomicInteger AtomicInteger.get",
                        "-> 3");
    }

    @Test
    void failingClassInitializersAreBracketed() {
        assertThatThrownBy(() -> run(Initializers.Fails.class)).isInstanceOf(ExceptionInInitializerError.class);
        assertThat(recorder.events).containsExactly("initEnter", "initExit");
    }

    @Test
    void loopsUseFuel() throws Throwable {
        assertThat(fuelUsed(0)).isEqualTo(10);
        assertThat(fuelUsed(1)).isBetween(9, 10);
        assertThat(fuelUsed(2)).isEqualTo(10);
    }

    @Test
    void classesOfOtherLoadersKeepTheirCode() throws Throwable {
        TestLoader other = new TestLoader(name -> name.startsWith(TestLoader.PROGRAMS));
        Class<?> copy = other.loadClass(Monitors.Methods.class.getName());
        assertThat(Recorder.run(copy, recorder)).isEqualTo("sum 7");
        assertThat(recorder.events).isEmpty();
        assertThat(Modifier.isSynchronized(copy.getDeclaredMethod("fail").getModifiers()))
                .isTrue();
    }

    @Test
    void aClassThatIsDefinedAgainHasTheSameSites() throws Throwable {
        run(Calls.Atomics.class);
        int count = Sites.count();
        TestLoader again = TestLoader.campaign();
        Recorder.run(again.loadClass(Calls.Atomics.class.getName()), new Recorder());
        assertThat(Sites.count()).isEqualTo(count);
    }

    @Test
    void sitesTellWhereAndWhat() throws Throwable {
        run(Volatiles.Instance.class);
        Site site = null;
        for (int id = 1; id < Sites.count(); id++) {
            if (Sites.get(id).className().equals(Volatiles.Instance.class.getName())
                    && Sites.get(id).kind() == Site.Kind.VOLATILE_READ) {
                site = Sites.get(id);
                break;
            }
        }
        assertThat(site).isNotNull();
        assertThat(site.method()).isEqualTo("run");
        assertThat(site.element().toString())
                .matches(".*programs\\.Volatiles\\$Instance\\.run\\(Volatiles\\.java:\\d+\\)");
        assertThat(site.target()).isEqualTo("Volatiles.Instance.number");
        assertThat(site.fieldOwner()).isEqualTo(Volatiles.Instance.class.getName());
        assertThat(site.fieldName()).isEqualTo("number");
        assertThat(site.readOnly()).isTrue();
        assertThat(Sites.location(site.id())).isEqualTo(site.location()).isNotZero();
        assertThat(Sites.hash(site.id())).isEqualTo(site.hash());
    }

    private int fuelUsed(int kind) throws Throwable {
        run(Initializers.Loops.class, kind);
        return Integer.MAX_VALUE - Probe.fuel;
    }
}
