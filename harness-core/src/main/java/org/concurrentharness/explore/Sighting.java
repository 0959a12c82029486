package org.concurrentharness.explore;

import org.concurrentharness.agent.Site;
import org.concurrentharness.agent.Sites;

/**
 * A data race as an execution has seen it.
 *
 * @param element whether the variable is an element of an array
 * @param firstSite where it was accessed first
 * @param firstName the name of the thread that did
 * @param firstThread the number of that thread
 * @param firstWrites whether that was a write
 * @param secondSite where it was accessed next
 * @param secondName the name of the thread that did
 * @param secondThread the number of that thread
 * @param secondWrites whether that was a write
 * @param owner the name of the class of the object that the variable belongs to, empty for a static field
 * @param location the location of the variable in it
 */
record Sighting(
        boolean element,
        int firstSite,
        String firstName,
        int firstThread,
        boolean firstWrites,
        int secondSite,
        String secondName,
        int secondThread,
        boolean secondWrites,
        String owner,
        int location) {

    /** Returns a number for two sites in their order. */
    static long pair(int first, int second) {
        return (long) first << 32 | second;
    }

    long pair() {
        return pair(firstSite, secondSite);
    }

    /** Returns a text that is equal for races of the same variable between the same two source lines. */
    String key() {
        String one = line(firstSite);
        String other = line(secondSite);
        String pair = one.compareTo(other) <= 0 ? one + " " + other : other + " " + one;
        return pair + " " + (element ? 0 : location);
    }

    private static String line(int id) {
        Site site = Sites.get(id);
        return site.className() + ":" + (site.line() == 0 ? site.method() : site.line());
    }

    static String ownerName(Variable variable) {
        Object owner = variable.owner;
        return owner == null ? "" : owner.getClass().getName();
    }
}
