package org.concurrentharness.jcstress;

import java.io.IOException;
import java.io.InputStream;

/**
 * Runs jcstress in a JVM of its own, which ends when the JVM that started it does: in whatever way that ends, its end of the pipe
 * is closed. A shutdown hook alone would not run when it is killed.
 */
final class ForkMain {
    /** The exit code when nobody is left to read it. */
    private static final int ORPHANED = 3;

    private ForkMain() {}

    public static void main(String[] arguments) throws Exception {
        Thread guard = new Thread(() -> awaitEnd(System.in), "harness-jcstress-guard");
        guard.setDaemon(true);
        guard.start();
        org.openjdk.jcstress.Main.main(arguments);
    }

    private static void awaitEnd(InputStream pipe) {
        try {
            while (pipe.read() >= 0) {
                // nothing is ever sent
            }
        } catch (IOException e) {
            // as if it were closed
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(ORPHANED);
    }
}
