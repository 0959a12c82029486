package org.concurrentharness.explore;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Values in serialized form, to be unpacked in a campaign.
 *
 * @param bytes the serialized form
 * @param references objects of shared classes that pass as they are; the serialized form has their indexes
 * @param unchanging true when nothing in it can change, so that unpacking once is enough
 * @param owner whose values these are, as the beginning of a message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cargo(byte[] bytes, List<Object> references, boolean unchanging, String owner) {
    /** Makes the values anew from classes of {@code loader}. */
    Object unpack(ClassLoader loader) throws IOException, ReflectiveOperationException {
        return CargoReader.unpack(this, loader);
    }

    /** Stands for an object that passes as it is. */
    record Reference(int index) implements Serializable {}

    /** Stands for an object that is made anew by its constructor without arguments. */
    record Anew(String className) implements Serializable {}
}
