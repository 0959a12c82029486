package org.concurrentharness.agent.programs;

import java.lang.reflect.Method;
import org.concurrentharness.agent.Agent;

/** A main class that gets {@link Hot} hot, as a campaign's copy and as the original. */
public final class Compiles {
    private Compiles() {}

    /** Prints nothing: what counts is what the compilers print. */
    public static void main(String[] arguments) throws Exception {
        Agent.install().rewriteJdk();
        Method run = copy("Programs");
        Method racing = copy("Racing");
        for (int i = 0; i < 20; i++) {
            run.invoke(null, 10_000);
            racing.invoke(null, 10_000);
            Hot.run(10_000);
        }
        System.out.println("done");
    }

    private static Method copy(String loaderName) throws ReflectiveOperationException {
        ClassLoader loader = (ClassLoader) Class.forName("org.concurrentharness.agent.TestLoader$" + loaderName)
                .getDeclaredConstructor()
                .newInstance();
        return loader.loadClass(Hot.class.getName()).getMethod("run", int.class);
    }
}
