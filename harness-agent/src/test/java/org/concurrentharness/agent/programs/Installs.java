package org.concurrentharness.agent.programs;

import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.agent.Agent;
import org.concurrentharness.agent.AgentUnavailableException;

/** A main class that installs the agent and rewrites the JDK. */
public final class Installs {
    private Installs() {}

    /** Prints what came of it. */
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < 2; i++) {
            try {
                Agent agent = Agent.install();
                agent.rewriteJdk();
                System.out.println("not rewritten: " + agent.notRewritten());
            } catch (AgentUnavailableException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
        ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
        Thread thread = new Thread(() -> map.merge("a", 1, Integer::sum));
        thread.start();
        thread.join();
        System.out.println("works: " + map);
    }
}
