package org.concurrentharness.explore;

/** The shadows of an execution. */
final class ShadowTable extends IdentityTable<Shadow> {
    private int used;

    ShadowTable(EngineHashes hashes) {
        super(hashes);
    }

    @Override
    void clear() {
        super.clear();
        used = 0;
    }

    @Override
    Shadow create() {
        return new Shadow();
    }

    @Override
    void reset(Shadow shadow, Object object, int location) {
        shadow.reset(object, location, ++used);
    }
}
