package org.concurrentharness.jcstress;

import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/**
 * A class that is no test, with the test classes nested in it. Surefire runs a class only when something in the plan of its tests is of
 * that class, and knows no nested ones by their own names.
 */
final class NestContainer extends AbstractTestDescriptor {
    NestContainer(UniqueId id, Class<?> type) {
        super(id, type.getSimpleName(), ClassSource.from(type));
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }
}
