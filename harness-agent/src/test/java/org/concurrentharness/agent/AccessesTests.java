package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.concurrentharness.agent.programs.Handles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

class AccessesTests {
    static final class Two {
        volatile int one;
        volatile int two;
    }

    private final TestLoader loader = TestLoader.campaign();
    private final Recorder recorder = new Recorder();
    private final Class<?> unsafeType = Class.forName("sun.misc.Unsafe");
    private final Object unsafe;

    AccessesTests() throws ReflectiveOperationException {
        Field field = unsafeType.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        unsafe = field.get(null);
    }

    /** Loads a program with {@code sun.misc.Unsafe} in place of its stand-in. */
    private Class<?> load(Class<?> program) throws Exception {
        try (InputStream in = program.getResourceAsStream(program.getName().replaceAll(".*\\.", "") + ".class")) {
            ClassWriter writer = new ClassWriter(0);
            SimpleRemapper remapper = new SimpleRemapper(
                    Opcodes.ASM9, Handles.Unsafe.class.getName().replace('.', '/'), "sun/misc/Unsafe");
            new ClassReader(in.readAllBytes()).accept(new ClassRemapper(writer, remapper), 0);
            loader.add(program.getName(), writer.toByteArray());
        }
        return loader.loadClass(program.getName());
    }

    private @Nullable Object run(Class<?> program, Object... more) throws Throwable {
        Method method = program.getDeclaredMethod("arguments");
        method.setAccessible(true);
        List<Object> arguments = new ArrayList<>(Arrays.asList((Object[]) method.invoke(null)));
        arguments.addAll(Arrays.asList(more));
        return Recorder.run(program, recorder, arguments.toArray());
    }

    @Test
    void accessesThroughHandlesAreOfTheFieldThatTheyAccess() throws Throwable {
        Class<?> program = load(Handles.Field.class);
        recorder.expected = Sites.location(program.getName(), "value");
        Object offset = unsafeType
                .getMethod("objectFieldOffset", Field.class)
                .invoke(unsafe, program.getDeclaredField("value"));
        recorder.swaps = true;
        assertThat(run(program, unsafe, offset)).isEqualTo(9);
        assertThat(recorder.events)
                .containsExactly(
                        "volatile write Field expected VarHandle.setVolatile",
                        "update Field expected VarHandle.compareAndSet",
                        "swapped",
                        "-> true",
                        "read Field expected VarHandle.get",
                        "-> 3",
                        "update Field expected AtomicIntegerFieldUpdater.incrementAndGet",
                        "-> 4",
                        "volatile read Field expected AtomicIntegerFieldUpdater.get",
                        "-> 4",
                        "update Field expected Unsafe.getAndAddInt",
                        "-> 4",
                        "volatile read Field expected Unsafe.getIntVolatile",
                        "-> 9",
                        "read Field Handles.Field.value",
                        "-> 9");
    }

    @Test
    void accessesThroughHandlesOfStaticFieldsHaveNoOwner() throws Throwable {
        recorder.expected = Sites.location(Handles.Static.class.getName(), "value");
        assertThat(run(load(Handles.Static.class))).isEqualTo(6L);
        assertThat(recorder.events)
                .containsExactly(
                        "volatile write null expected VarHandle.setRelease",
                        "update null expected VarHandle.getAndAdd",
                        "-> 5",
                        "volatile read null expected VarHandle.getAcquire",
                        "-> 6");
    }

    @Test
    void accessesOfArrayElementsAreToldByTheirIndex() throws Throwable {
        recorder.expected = Locations.element(2);
        int base = (int) unsafeType.getMethod("arrayBaseOffset", Class.class).invoke(unsafe, String[].class);
        int scale = (int) unsafeType.getMethod("arrayIndexScale", Class.class).invoke(unsafe, String[].class);
        assertThat(run(load(Handles.Elements.class), unsafe, (long) (base + 2 * scale)))
                .isEqualTo("bc");
        assertThat(recorder.events)
                .containsExactly(
                        "update String[] expected VarHandle.compareAndSet",
                        "-> true",
                        "volatile write String[] " + Locations.element(1) + " VarHandle.setVolatile",
                        "volatile read String[] expected Unsafe.getObjectVolatile",
                        "-> b");
    }

    @Test
    void manyHandlesAtOneSiteAreToldApart() throws Throwable {
        int site = 100_000;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 30; i++) {
                boolean first = i % 3 == 0;
                Object handle = AtomicIntegerFieldUpdater.newUpdater(Two.class, first ? "one" : "two");
                for (int again = 0; again < 2; again++) {
                    assertThat(Locations.of(handle, -1, site))
                            .isEqualTo(Sites.location(Two.class.getName(), first ? "one" : "two"));
                }
            }
        }
        assertThat(Locations.of(MethodHandles.arrayElementVarHandle(int[].class), 3, site))
                .isEqualTo(Locations.element(3));
        assertThat(Locations.of(new String[1], 3, site)).isEqualTo(Locations.element(3));
    }

    @Test
    void handlesAreForgottenWithTheirClasses() throws Throwable {
        for (int i = 0; i < 2_000; i++) {
            TestLoader one = TestLoader.campaign();
            Class<?> program = one.loadClass(Handles.Static.class.getName());
            Method arguments = program.getDeclaredMethod("arguments");
            arguments.setAccessible(true);
            Object handle = ((Object[]) arguments.invoke(null))[0];
            assertThat(Locations.of(handle, -1)).isEqualTo(Sites.location(program.getName(), "value"));
            assertThat(Locations.of(handle, -1)).isEqualTo(Sites.location(program.getName(), "value"));
        }
    }
}
