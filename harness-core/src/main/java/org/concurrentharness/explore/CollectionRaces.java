package org.concurrentharness.explore;

import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.concurrentharness.agent.Backing;
import org.concurrentharness.agent.Locations;
import org.concurrentharness.agent.Sites;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a collection accesses, as its documentation has it. A collection is one variable, its structure. A list has its
 * elements besides: whoever sets one reads the structure, and is in the way of those who get the same or look at all of them.
 */
final class CollectionRaces {
    private static final int STRUCTURE = 0;

    /** All elements of a list together: who sets one of them is not in the way of who sets another. */
    private static final int ELEMENTS = 2;

    private static final Set<String> MOVES = Set.of("next", "previous", "nextElement", "forEachRemaining", "remove");

    private final RaceDetector races;

    CollectionRaces(RaceDetector races) {
        this.races = races;
    }

    void call(Object receiver, int site) {
        Object content = Backing.of(receiver);
        boolean writes = Sites.writes(site);
        Object @Nullable [] array = Backing.array(content);
        if (array != null) {
            races.range(array, 0, array.length, writes, site);
        } else if (writes || (Backing.isInAccessOrder(content) && method(site).startsWith("get"))) {
            races.write(content, STRUCTURE, site);
        } else {
            races.read(content, STRUCTURE, site);
            if (content instanceof List) {
                races.read(content, ELEMENTS, site);
            }
        }
        if (content != receiver && (receiver instanceof Iterator || receiver instanceof Enumeration)) {
            if (MOVES.contains(method(site))) {
                races.write(receiver, STRUCTURE, site);
            } else {
                races.read(receiver, STRUCTURE, site);
            }
        }
    }

    void element(Object receiver, int index, int site) {
        Object content = Backing.of(receiver);
        if (content != receiver || index < 0) {
            call(receiver, site); // a part of a list counts its elements from elsewhere
            return;
        }
        boolean writes = Sites.writes(site);
        Object @Nullable [] array = Backing.array(content);
        if (array != null) {
            if (index < array.length) {
                races.range(array, index, index + 1, writes, site);
            }
            return;
        }
        races.read(content, STRUCTURE, site);
        if (writes) {
            races.write(content, Locations.element(index), site);
            races.atomically(content, ELEMENTS, true, site);
        } else {
            races.read(content, Locations.element(index), site);
        }
    }

    private static String method(int site) {
        String target = Sites.get(site).target();
        return target.substring(target.lastIndexOf('.') + 1);
    }
}
