package org.concurrentharness.agent;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Installs the agent before any test class is loaded: the tests name the probe's classes, which only the boot loader has. */
public final class AgentSession implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Agent.install();
    }
}
