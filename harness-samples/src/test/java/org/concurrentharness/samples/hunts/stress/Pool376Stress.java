package org.concurrentharness.samples.hunts.stress;

import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.StressTest;

/**
 * <a href="https://issues.apache.org/jira/browse/POOL-376">POOL-376</a>: an object is given up while somebody waits for one. The
 * pool makes a new one, which is not valid, and puts the null that it got instead into its deque: NullPointerException.
 */
class Pool376Stress {
    private final Factory factory = new Factory();
    private final GenericObjectPool<Object> pool = new GenericObjectPool<>(factory);
    private final Object borrowed;

    Pool376Stress() throws Exception {
        pool.setMaxTotal(1);
        pool.setTestOnCreate(true);
        borrowed = pool.borrowObject();
        factory.valid = false;
    }

    @Actor
    void givesUpTheObject() throws Exception {
        pool.invalidateObject(borrowed);
        factory.valid = true;
    }

    @Actor
    void borrowsAnother() throws Exception {
        try {
            pool.returnObject(pool.borrowObject(200));
        } catch (NoSuchElementException e) {
            // as it should be while there is no valid object
        }
    }

    @StressTest(duration = "20s", timeout = "5s", stopAtFailure = true)
    void givesUpAnObjectThatSomebodyWaitsFor() {}

    private static final class Factory extends BasePooledObjectFactory<Object> {
        private volatile boolean valid = true;

        @Override
        public Object create() {
            return new Object();
        }

        @Override
        public PooledObject<Object> wrap(Object object) {
            return new DefaultPooledObject<>(object);
        }

        @Override
        public boolean validateObject(PooledObject<Object> object) {
            return valid;
        }
    }
}
