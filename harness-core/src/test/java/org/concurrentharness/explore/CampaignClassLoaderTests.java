package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.net.URL;
import java.util.List;
import org.concurrentharness.agent.CampaignLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

public class CampaignClassLoaderTests {
    public static int number;

    private static CampaignClassLoader loader(String... inside) {
        return new CampaignClassLoader(
                CampaignClassLoaderTests.class.getClassLoader(),
                List.of("org.concurrentharness.explore.shared"),
                List.of(inside));
    }

    @Test
    void isMarkedForTheAgent() {
        assertThat(loader()).isInstanceOf(CampaignLoader.class);
    }

    @Test
    void hasItsOwnCopiesWithTheirOwnStaticState() throws Exception {
        number = 3;
        CampaignClassLoader loader = loader();
        Class<?> copy = loader.loadClass(getClass().getName());
        assertThat(copy)
                .isNotSameAs(getClass())
                .isSameAs(loader.loadClass(getClass().getName()));
        assertThat(copy.getClassLoader()).isSameAs(loader);
        assertThat(copy.getDeclaredField("number").getInt(null)).isZero();
        assertThat(number).isEqualTo(3);
        assertThat(loader().loadClass(getClass().getName())).isNotSameAs(copy);
    }

    @Test
    void keepsCodeSourceAndPackage() throws Exception {
        Class<?> own = loader().loadClass(getClass().getName());
        assertThat(own.getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(getClass().getProtectionDomain().getCodeSource().getLocation());
        assertThat(own.getPackage().getName()).isEqualTo(getClass().getPackageName());

        Class<?> original = ch.qos.logback.classic.Logger.class;
        Class<?> ofJar = loader("ch.qos.logback").loadClass(original.getName());
        assertThat(ofJar).isNotSameAs(original);
        assertThat(ofJar.getProtectionDomain().getCodeSource().getLocation())
                .isEqualTo(original.getProtectionDomain().getCodeSource().getLocation());
        assertThat(ofJar.getPackage().getImplementationTitle())
                .isEqualTo(original.getPackage().getImplementationTitle());
        assertThat(ofJar.getPackage().getImplementationVersion())
                .isEqualTo(original.getPackage().getImplementationVersion());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.sql.Connection",
                "com.sun.tools.attach.VirtualMachine",
                "org.junit.jupiter.api.Test",
                "org.opentest4j.AssertionFailedError",
                "org.slf4j.Logger",
                "ch.qos.logback.classic.Logger",
                "org.assertj.core.api.Assertions",
                "org.mockito.Mockito",
                "net.bytebuddy.ByteBuddy",
                "org.concurrentharness.explore.Explorer",
                "org.concurrentharness.explore.ExplorationBody",
                "org.concurrentharness.agent.CampaignLoader",
            })
    void sharesWhatIsNotUnderTest(String name) throws Exception {
        assertThat(loader().loadClass(name)).isSameAs(Class.forName(name));
    }

    @Test
    void sharesNoMoreThanTheNamedPackages() throws Exception {
        SharedPackages shared = new SharedPackages(List.of("com.acme.db"), List.of("ch.qos.logback.core", "org.slf4j"));
        assertThat(shared.contains("com.acme.db.Pool")).isTrue();
        assertThat(shared.contains("com.acme.db.inner.Pool")).isTrue();
        assertThat(shared.contains("com.acme.dbms.Pool")).isFalse();
        assertThat(shared.contains("com.acme.Pool")).isFalse();
        assertThat(shared.contains("ch.qos.logback.classic.Logger")).isTrue();
        assertThat(shared.contains("ch.qos.logback.core.Appender")).isFalse();
        assertThat(shared.contains("org.slf4j.Logger")).isFalse();
        assertThat(shared.contains("junit.framework.Test")).isTrue();
        assertThat(shared.contains("junitx.Test")).isFalse();
    }

    @Test
    void exploresInsideALibraryOnRequest() throws Exception {
        CampaignClassLoader loader = loader("org.slf4j");
        Class<?> copy = loader.loadClass(LoggerFactory.class.getName());
        assertThat(copy).isNotSameAs(LoggerFactory.class);
        assertThat(copy.getClassLoader()).isSameAs(loader);
    }

    @Test
    void findsTheParentsResources() throws Exception {
        CampaignClassLoader loader = loader();
        String path = getClass().getName().replace('.', '/') + ".class";
        URL url = getClass().getClassLoader().getResource(path);
        assertThat(loader.getResource(path)).isEqualTo(url);
        assertThat(loader.loadClass(getClass().getName()).getResource("CampaignClassLoaderTests.class"))
                .isEqualTo(url);
        try (InputStream in = loader.getResourceAsStream(path)) {
            assertThat(in).isNotNull();
        }
        assertThat(loader.getResources("META-INF/MANIFEST.MF").hasMoreElements())
                .isTrue();
    }

    @Test
    void saysWhatIsMissing() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> loader().loadClass("com.acme.Missing"))
                .withMessage("com.acme.Missing");
    }

    @Test
    void leavesGeneratedClassesToTheParent() throws Exception {
        Class<?> parents = getClass();
        Object proxy = java.lang.reflect.Proxy.newProxyInstance(
                parents.getClassLoader(), new Class<?>[] {Own.class}, (self, method, arguments) -> null);
        assertThat(loader().loadClass(proxy.getClass().getName())).isSameAs(proxy.getClass());
    }

    @Test
    void loadsInParallel() throws Exception {
        CampaignClassLoader loader = loader("ch.qos.logback");
        Thread[] threads = new Thread[4];
        Class<?>[] loaded = new Class<?>[threads.length];
        for (int i = 0; i < threads.length; i++) {
            int index = i;
            threads[i] = new Thread(() -> {
                try {
                    loaded[index] = Class.forName("ch.qos.logback.classic.LoggerContext", true, loader);
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(loaded).containsOnly(loader.loadClass("ch.qos.logback.classic.LoggerContext"));
    }

    interface Own {}
}
