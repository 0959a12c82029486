package org.concurrentharness.agent;

/**
 * Thrown when the agent can not be loaded into this JVM; the message says why and what to do.
 *
 * @since 0.1
 */
public final class AgentUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AgentUnavailableException(String message) {
        super(message);
    }
}
