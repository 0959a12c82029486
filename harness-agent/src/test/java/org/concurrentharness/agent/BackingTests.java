package org.concurrentharness.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackingTests {
    static List<List<Integer>> lists() {
        return List.of(new ArrayList<>(List.of(1, 2, 3)), new LinkedList<>(List.of(1, 2, 3)));
    }

    static List<Collection<Integer>> collections() {
        return List.of(
                new ArrayDeque<>(List.of(1)),
                new PriorityQueue<>(List.of(1)),
                new ArrayList<>(List.of(1)),
                new LinkedList<>(List.of(1)),
                new ConcurrentLinkedQueue<>(List.of(1)),
                new ConcurrentLinkedDeque<>(List.of(1)),
                new LinkedBlockingQueue<>(List.of(1)),
                new ArrayBlockingQueue<>(1, false, List.of(1)));
    }

    static List<Map<Integer, String>> maps() {
        return List.of(
                new HashMap<>(Map.of(1, "a")), new LinkedHashMap<>(Map.of(1, "a")), new TreeMap<>(Map.of(1, "a")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void viewsOfListsLeadToTheList(List<Integer> list) {
        assertThat(Backing.of(list)).isSameAs(list);
        assertThat(Backing.of(list.iterator())).isSameAs(list);
        assertThat(Backing.of(list.listIterator(1))).isSameAs(list);
        assertThat(Backing.of(list.subList(0, 3))).isSameAs(list);
        assertThat(Backing.of(list.subList(0, 3).subList(0, 2))).isSameAs(list);
        assertThat(Backing.of(list.subList(0, 2).iterator())).isSameAs(list);
        assertThat(Backing.of(Collections.unmodifiableList(list))).isSameAs(list);
        assertThat(Backing.of(Collections.unmodifiableList(list).iterator())).isSameAs(list);
    }

    @ParameterizedTest
    @MethodSource("collections")
    void iteratorsLeadToTheCollection(Collection<Integer> collection) {
        assertThat(Backing.of(collection.iterator())).isSameAs(collection);
        assertThat(Backing.of(Collections.unmodifiableCollection(collection))).isSameAs(collection);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void viewsOfMapsLeadToTheMap(Map<Integer, String> map) {
        assertThat(Backing.of(map.keySet())).isSameAs(map);
        assertThat(Backing.of(map.values())).isSameAs(map);
        assertThat(Backing.of(map.entrySet())).isSameAs(map);
        assertThat(Backing.of(map.keySet().iterator())).isSameAs(map);
        assertThat(Backing.of(map.values().iterator())).isSameAs(map);
        assertThat(Backing.of(map.entrySet().iterator())).isSameAs(map);
        assertThat(Backing.of(Collections.unmodifiableMap(map).entrySet().iterator()))
                .isSameAs(map);
    }

    @Test
    void viewsOfSortedMapsLeadToTheMap() {
        NavigableMap<Integer, String> map = new TreeMap<>(Map.of(1, "a", 2, "b"));
        assertThat(Backing.of(map.headMap(2, true))).isSameAs(map);
        assertThat(Backing.of(map.descendingMap())).isSameAs(map);
        assertThat(Backing.of(map.descendingMap().keySet().iterator())).isSameAs(map);
        assertThat(Backing.of(map.tailMap(1).entrySet().iterator())).isSameAs(map);
    }

    @Test
    void setsAndTheirIteratorsLeadToOne() {
        for (Collection<Integer> set :
                List.of(new HashSet<>(List.of(1)), new LinkedHashSet<>(List.of(1)), new TreeSet<>(List.of(1)))) {
            assertThat(Backing.of(set.iterator())).isSameAs(Backing.of(set));
        }
    }

    @Test
    void locksOfALockLeadToOne() {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        assertThat(Backing.of(lock.readLock())).isSameAs(Backing.of(lock)).isSameAs(Backing.of(lock.writeLock()));
        assertThat(Backing.of(lock.writeLock().newCondition())).isSameAs(Backing.of(lock));
        ReentrantLock simple = new ReentrantLock();
        assertThat(Backing.of(simple.newCondition()))
                .isSameAs(Backing.of(simple))
                .isNotSameAs(Backing.of(lock));
        StampedLock stamped = new StampedLock();
        assertThat(Backing.of(stamped.asReadLock())).isSameAs(stamped);
    }

    @Test
    void synchronizedWrappersLeadToTheirMutex() {
        Map<Integer, String> map = Collections.synchronizedMap(new HashMap<>());
        assertThat(Backing.of(map)).isSameAs(map);
        assertThat(Backing.of(map.keySet())).isSameAs(map);
    }

    @Test
    void whatIsNoViewIsItself() {
        StringBuilder builder = new StringBuilder();
        assertThat(Backing.of(builder)).isSameAs(builder);
        List<Integer> array = Arrays.asList(1, 2);
        assertThat(Backing.of(array)).isSameAs(array);
        assertThat(Backing.of(this)).isSameAs(this);
    }
}
