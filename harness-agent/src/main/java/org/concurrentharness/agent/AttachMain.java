package org.concurrentharness.agent;

import com.sun.tools.attach.VirtualMachine;

/** The helper JVM that loads the agent into its parent: a JVM may not attach to itself unless it was started so. */
final class AttachMain {
    /** What the helper prints last when it has succeeded. */
    static final String DONE = "harness agent attached";

    private AttachMain() {}

    /**
     * Attaches.
     *
     * @param arguments the process id to attach to, and the agent's jar
     */
    public static void main(String[] arguments) {
        try {
            VirtualMachine machine = VirtualMachine.attach(arguments[0]);
            try {
                machine.loadAgent(arguments[1]);
            } finally {
                machine.detach();
            }
            System.out.println(DONE);
        } catch (Exception | LinkageError e) {
            // the parent shows the first line in its message
            System.out.println(e.toString().lines().findFirst().orElse(""));
            System.exit(1);
        }
    }
}
