package org.concurrentharness.explore;

import static org.concurrentharness.explore.Explorations.fails;
import static org.concurrentharness.explore.Explorations.survives;
import static org.concurrentharness.explore.Tasks.check;
import static org.concurrentharness.explore.Tasks.checkEquals;
import static org.concurrentharness.explore.Tasks.start;
import static org.concurrentharness.explore.Tasks.together;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues, deques, maps and lists that threads share, and the synchronized ones of {@code java.util}. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueTests {
    /** Two producers and two consumers. */
    static void produceAndConsume(BlockingQueue<Integer> queue) throws InterruptedException {
        AtomicInteger sum = new AtomicInteger();
        Tasks.Task consumer = () -> sum.addAndGet(queue.take() + queue.take());
        together(
                () -> {
                    queue.put(1);
                    queue.put(2);
                },
                () -> {
                    queue.put(3);
                    queue.put(4);
                },
                consumer,
                consumer);
        checkEquals(sum.get(), 10);
        check(queue.isEmpty(), "not empty");
    }

    /** The consumer takes one too many. */
    static void consumeTooMuch(BlockingQueue<Integer> queue) throws InterruptedException {
        together(() -> queue.put(1), () -> {
            queue.take();
            queue.take();
        });
    }

    /** Looks first, and takes then. */
    static void lookThenTake(BlockingQueue<Integer> queue) throws InterruptedException {
        queue.put(1);
        Tasks.Task task = () -> {
            if (!queue.isEmpty()) {
                queue.remove();
            }
        };
        together(task, task);
    }

    @Test
    void arrayBlockingQueue() {
        survives(() -> produceAndConsume(new ArrayBlockingQueue<>(1)));
        survives(() -> produceAndConsume(new ArrayBlockingQueue<>(2, true)));
        fails(Failure.Kind.DEADLOCK, () -> consumeTooMuch(new ArrayBlockingQueue<>(1)));
        fails(Failure.Kind.EXCEPTION, () -> lookThenTake(new ArrayBlockingQueue<>(1)));
    }

    @Test
    void linkedBlockingQueue() {
        survives(() -> produceAndConsume(new LinkedBlockingQueue<>(1)));
        survives(() -> produceAndConsume(new LinkedBlockingQueue<>()));
        fails(Failure.Kind.DEADLOCK, () -> consumeTooMuch(new LinkedBlockingQueue<>()));
        fails(Failure.Kind.EXCEPTION, () -> lookThenTake(new LinkedBlockingQueue<>()));
    }

    @Test
    void synchronousQueue() {
        survives(() -> produceAndConsume(new SynchronousQueue<>()));
        survives(() -> produceAndConsume(new SynchronousQueue<>(true)));
        fails(Failure.Kind.DEADLOCK, () -> consumeTooMuch(new SynchronousQueue<>()));
        fails(Failure.Kind.EXCEPTION, () -> {
            SynchronousQueue<Integer> queue = new SynchronousQueue<>();
            start(() -> check(queue.offer(1), "nobody takes it yet"));
            queue.take();
        });
    }

    @Test
    void priorityBlockingQueue() {
        survives(() -> produceAndConsume(new PriorityBlockingQueue<>()));
        fails(Failure.Kind.DEADLOCK, () -> consumeTooMuch(new PriorityBlockingQueue<>()));
        fails(Failure.Kind.EXCEPTION, () -> {
            PriorityBlockingQueue<Integer> queue = new PriorityBlockingQueue<>();
            start(() -> {
                queue.put(2);
                queue.put(1);
            });
            checkEquals(queue.take(), 1);
        });
    }

    @Test
    void linkedTransferQueue() {
        survives(() -> produceAndConsume(new LinkedTransferQueue<>()));
        survives(() -> {
            TransferQueue<Integer> queue = new LinkedTransferQueue<>();
            AtomicInteger taken = new AtomicInteger();
            Thread consumer = start(() -> taken.set(queue.take()));
            queue.transfer(1);
            consumer.join();
            checkEquals(taken.get(), 1);
            check(!queue.tryTransfer(2), "nobody takes it");
            check(!queue.tryTransfer(2, 1, TimeUnit.SECONDS), "nobody takes it");
        });
        fails(Failure.Kind.DEADLOCK, () -> new LinkedTransferQueue<Integer>().transfer(1));
    }

    @Test
    void linkedBlockingDeque() {
        survives(() -> produceAndConsume(new LinkedBlockingDeque<>(1)));
        survives(() -> {
            BlockingDeque<Integer> deque = new LinkedBlockingDeque<>(1);
            together(() -> deque.putFirst(1), () -> deque.putLast(2), deque::takeLast, deque::takeFirst);
        });
        fails(Failure.Kind.DEADLOCK, () -> consumeTooMuch(new LinkedBlockingDeque<>()));
    }

    /** Falls due some time after it was made. */
    record Due(long nanos) implements Delayed {
        static Due in(long millis) {
            return new Due(System.nanoTime() + millis * 1_000_000);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(nanos, ((Due) other).nanos);
        }
    }

    @Test
    void delayQueue() {
        survives(() -> {
            DelayQueue<Due> queue = new DelayQueue<>();
            long start = System.nanoTime();
            Due late = Due.in(3_600_000);
            Due early = Due.in(60_000);
            queue.put(late);
            queue.put(early);
            check(queue.poll() == null, "nothing is due");
            AtomicInteger taken = new AtomicInteger();
            Tasks.Task consumer = () -> {
                queue.take();
                taken.incrementAndGet();
            };
            together(consumer, consumer);
            checkEquals(taken.get(), 2);
            check(System.nanoTime() - start >= 3_600_000_000_000L, "too early");
        });
        fails(Failure.Kind.DEADLOCK, () -> new DelayQueue<Due>().take());
    }

    @Test
    void timedOffersAndPolls() {
        survives(() -> {
            BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
            long start = System.nanoTime();
            check(queue.poll(1, TimeUnit.SECONDS) == null, "came from nowhere");
            check(System.nanoTime() - start >= 1_000_000_000, "too early");
            check(queue.offer(1, 1, TimeUnit.SECONDS), "was empty");
            check(!queue.offer(2, 1, TimeUnit.SECONDS), "was full");
            check(new SynchronousQueue<Integer>().poll(1, TimeUnit.SECONDS) == null, "came from nowhere");
            check(new LinkedTransferQueue<Integer>().poll(1, TimeUnit.SECONDS) == null, "came from nowhere");
            check(new LinkedBlockingDeque<Integer>().pollLast(1, TimeUnit.SECONDS) == null, "came from nowhere");
            check(new PriorityBlockingQueue<Integer>().poll(1, TimeUnit.SECONDS) == null, "came from nowhere");
        });
        survives(() -> {
            BlockingQueue<Integer> queue = new SynchronousQueue<>();
            together(() -> checkEquals(queue.poll(1, TimeUnit.HOURS), 1), () -> queue.put(1));
        });
    }

    @Test
    void concurrentQueues() {
        survives(() -> {
            ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedDeque<Integer> deque = new ConcurrentLinkedDeque<>();
            AtomicInteger sum = new AtomicInteger();
            Tasks.Task task = () -> {
                queue.add(1);
                deque.addFirst(1);
                sum.addAndGet(queue.poll() + deque.pollLast());
            };
            together(task, task, task);
            checkEquals(sum.get(), 6);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>(List.of(1));
            Tasks.Task task = () -> {
                if (!queue.isEmpty()) {
                    check(queue.poll() != null, "gone");
                }
            };
            together(task, task);
        });
    }

    @Test
    void concurrentHashMap() {
        survives(() -> {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            AtomicInteger made = new AtomicInteger();
            Tasks.Task task = () -> {
                map.computeIfAbsent("a", key -> made.incrementAndGet());
                map.merge("b", 1, Integer::sum);
            };
            together(task, task, task);
            checkEquals(made.get(), 1);
            checkEquals(map.get("b"), 3);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            Tasks.Task task = () -> map.put("b", map.getOrDefault("b", 0) + 1);
            together(task, task);
            checkEquals(map.get("b"), 2);
        });
        // the same through the interface, which only the receiver tells from a HashMap
        fails(Failure.Kind.EXCEPTION, () -> {
            Map<String, Integer> map = new ConcurrentHashMap<>();
            Tasks.Task task = () -> {
                Integer seen = map.get("b");
                map.put("b", seen == null ? 1 : seen + 1);
            };
            together(task, task);
            checkEquals(map.get("b"), 2);
        });
    }

    @Test
    void computeIfAbsentThatBlocksKeepsOthersOut() {
        survives(() -> {
            ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
            CountDownLatch open = new CountDownLatch(1);
            AtomicInteger made = new AtomicInteger();
            Tasks.Task task = () -> checkEquals(
                    map.computeIfAbsent("a", key -> {
                        try {
                            open.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return made.incrementAndGet();
                    }),
                    1);
            together(task, task, open::countDown);
            checkEquals(made.get(), 1);
        });
        fails(Failure.Kind.DEADLOCK, () -> {
            ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
            map.put(0, 0);
            map.put(1, 0);
            together(
                    () -> map.compute(0, (key, value) -> map.compute(1, (k, v) -> 1)),
                    () -> map.compute(1, (key, value) -> map.compute(0, (k, v) -> 1)));
        });
    }

    @Test
    void concurrentSkipListMap() {
        survives(() -> {
            ConcurrentSkipListMap<Integer, String> map = new ConcurrentSkipListMap<>();
            together(() -> map.put(1, "a"), () -> map.put(2, "b"), () -> map.putIfAbsent(1, "c"));
            checkEquals(map.firstKey(), 1);
            checkEquals(map.size(), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            ConcurrentSkipListMap<Integer, String> map = new ConcurrentSkipListMap<>(Map.of(1, "a"));
            together(map::clear, () -> {
                if (!map.isEmpty()) {
                    map.firstKey();
                }
            });
        });
    }

    @Test
    void copyOnWrite() {
        survives(() -> {
            CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2));
            CopyOnWriteArraySet<Integer> set = new CopyOnWriteArraySet<>();
            Tasks.Task task = () -> {
                list.add(3);
                set.add(3);
                int sum = 0;
                for (int item : list) {
                    sum += item;
                }
                check(sum >= 6, "own item not seen");
            };
            together(task, task);
            checkEquals(list.size(), 4);
            checkEquals(set.size(), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>();
            Tasks.Task task = () -> {
                if (!list.contains(1)) {
                    list.add(1);
                }
            };
            together(task, task);
            checkEquals(list.size(), 1);
        });
    }

    @Test
    void synchronizedWrappers() {
        survives(() -> {
            List<Integer> list = Collections.synchronizedList(new ArrayList<>());
            Map<Integer, Integer> map = Collections.synchronizedMap(new HashMap<>());
            Tasks.Task task = () -> {
                list.add(1);
                synchronized (list) {
                    int size = list.size();
                    Thread.yield();
                    checkEquals(list.size(), size);
                    for (Iterator<Integer> i = list.iterator(); i.hasNext(); ) {
                        i.next();
                        Thread.yield();
                    }
                }
                map.merge(1, 1, Integer::sum);
            };
            together(task, task, task);
            checkEquals(list.size(), 3);
            checkEquals(map.get(1), 3);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            List<Integer> list = Collections.synchronizedList(new ArrayList<>());
            Tasks.Task task = () -> {
                if (list.isEmpty()) {
                    list.add(1);
                }
            };
            together(task, task);
            checkEquals(list.size(), 1);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Map<Integer, Integer> map = Collections.synchronizedMap(new HashMap<>());
            Tasks.Task task = () -> map.put(1, map.getOrDefault(1, 0) + 1);
            together(task, task);
            checkEquals(map.get(1), 2);
        });
    }

    @Test
    void vectorsHashtablesAndStringBuffers() {
        survives(() -> {
            Vector<Integer> vector = new Vector<>();
            Hashtable<Integer, Integer> table = new Hashtable<>();
            StringBuffer buffer = new StringBuffer();
            Tasks.Task task = () -> {
                synchronized (vector) {
                    vector.add(1);
                    int size = vector.size();
                    Thread.yield();
                    vector.set(size - 1, 2);
                    checkEquals(vector.size(), size);
                }
                table.merge(1, 1, Integer::sum);
                synchronized (buffer) {
                    int length = buffer.length();
                    buffer.append("a");
                    Thread.yield();
                    checkEquals(buffer.length(), length + 1);
                }
            };
            together(task, task, task);
            checkEquals(vector, List.of(2, 2, 2));
            checkEquals(table.get(1), 3);
            checkEquals(buffer.toString(), "aaa");
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Vector<Integer> vector = new Vector<>(List.of(1));
            Tasks.Task task = () -> {
                if (!vector.isEmpty()) {
                    vector.remove(0);
                }
            };
            together(task, task);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            Hashtable<Integer, Integer> table = new Hashtable<>();
            Tasks.Task task = () -> {
                if (!table.containsKey(1)) {
                    table.put(1, 1);
                } else {
                    table.put(1, 2);
                }
            };
            together(task, task);
            checkEquals(table.get(1), 2);
        });
        fails(Failure.Kind.EXCEPTION, () -> {
            StringBuffer buffer = new StringBuffer("a");
            Tasks.Task task = () -> {
                if (buffer.length() > 0) {
                    buffer.deleteCharAt(0);
                }
            };
            together(task, task);
        });
    }
}
