package org.concurrentharness.junit5;

/** What a campaign runs of a test class: copies of its code in one of the campaign's class loaders. */
interface CampaignCopy {
    /** Returns the class loader of the copies. */
    ClassLoader loader();

    /** Returns true when an execution has been run. */
    boolean hasRun();

    /** Runs what comes once before all executions. */
    void beforeAll() throws Exception;

    /** Runs one execution. */
    void run() throws Throwable;

    /** Runs what comes once after all executions, all of it whatever it throws. */
    void afterAll() throws Exception;

    /** Makes the copies. */
    @FunctionalInterface
    interface Maker {
        /** Makes copies in a class loader. */
        CampaignCopy in(ClassLoader loader) throws ReflectiveOperationException;
    }
}
