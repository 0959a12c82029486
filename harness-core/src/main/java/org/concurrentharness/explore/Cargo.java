package org.concurrentharness.explore;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Values in serialized form, to be unpacked in a campaign.
 *
 * @param bytes the serialized form
 * @param references objects of shared classes that pass as they are; the serialized form has their indexes
 * @param change what of it can change
 * @param owner whose values these are, as the beginning of a message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cargo(byte[] bytes, List<Object> references, Change change, String owner) {
    /** Makes the values anew from classes of {@code loader}. */
    Object unpack(ClassLoader loader) throws IOException, ReflectiveOperationException {
        return CargoReader.unpack(this, loader);
    }

    /** What of the values can change in an execution, so that the next one needs them afresh. */
    enum Change {
        /** Nothing: unpacking once is enough. */
        NOTHING,
        /** Only elements of the array that is packed, and these are made anew by their constructors. */
        MADE_ANEW,
        /** Something else. */
        ANYTHING
    }

    /** Stands for an object that passes as it is. */
    record Reference(int index) implements Serializable {}

    /** Stands for an object that is made anew by its constructor without arguments. */
    record Anew(String className) implements Serializable {}
}
