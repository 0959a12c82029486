package org.concurrentharness.samples.order;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrentharness.fixture.Fixture;

/** What the tests work on: a table that must be there before something is put into it. */
record Shop(Map<String, Map<String, Integer>> tables) {
    /** One shop for all tests of the run. */
    static final class ForAll implements Fixture<Shop> {
        @Override
        public Shop create() {
            return new Shop(new ConcurrentHashMap<>());
        }
    }

    void createTable(String name) {
        tables.put(name, new ConcurrentHashMap<>());
    }

    Map<String, Integer> table(String name) {
        Map<String, Integer> table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("there is no table " + name);
        }
        return table;
    }
}
