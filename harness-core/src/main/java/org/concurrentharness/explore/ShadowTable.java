package org.concurrentharness.explore;

/** The shadows of an execution. */
final class ShadowTable extends IdentityTable<Shadow> {
    ShadowTable(EngineHashes hashes) {
        super(hashes);
    }

    @Override
    Shadow create() {
        return new Shadow();
    }

    @Override
    void reset(Shadow shadow, Object object, int location) {
        shadow.reset(object);
    }
}
