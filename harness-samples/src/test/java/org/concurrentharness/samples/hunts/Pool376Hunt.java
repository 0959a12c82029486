package org.concurrentharness.samples.hunts;

import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.concurrentharness.junit5.ConcurrentTest;

/**
 * <a href="https://issues.apache.org/jira/browse/POOL-376">POOL-376</a>: an object is given up while somebody waits for one. The
 * pool makes a new one, which is not valid, and puts the null that it got instead into its deque: NullPointerException.
 */
class Pool376Hunt {
    @ConcurrentTest
    void givesUpAnObjectThatSomebodyWaitsFor() throws Exception {
        OnlyTheFirstIsValid factory = new OnlyTheFirstIsValid();
        try (GenericObjectPool<String> pool = new GenericObjectPool<>(factory)) {
            pool.setMaxTotal(1);
            pool.setTestOnCreate(true);
            String first = pool.borrowObject();

            Thread waiting = new Thread(() -> borrow(pool));
            waiting.start();
            pool.invalidateObject(first);
            waiting.join();
        }
    }

    /** Time is virtual: nobody waits for ten seconds. */
    private static void borrow(GenericObjectPool<String> pool) {
        try {
            pool.borrowObject(10_000);
        } catch (NoSuchElementException e) {
            // as it should be: there is no valid object
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class OnlyTheFirstIsValid extends BasePooledObjectFactory<String> {
        private volatile int made;

        @Override
        public String create() {
            made = made + 1;
            return "object " + made;
        }

        @Override
        public PooledObject<String> wrap(String object) {
            return new DefaultPooledObject<>(object);
        }

        @Override
        public boolean validateObject(PooledObject<String> object) {
            return made == 1;
        }
    }
}
