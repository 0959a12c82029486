package org.concurrentharness.agent.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** Class initialisers and loops. */
public final class Initializers {
    private Initializers() {}

    public static class Uses {
        static int run() {
            return Initialized.NUMBER.get();
        }
    }

    public static class Initialized {
        static final AtomicInteger NUMBER = new AtomicInteger(2);

        static {
            NUMBER.set(3);
        }
    }

    public static class Fails {
        static void run() {
            Failing.touch();
        }
    }

    public static class Failing {
        static final int VALUE = fail();

        static int fail() {
            throw new IllegalStateException("in the initialiser");
        }

        static void touch() {}
    }

    public static class Loops {
        static int run(int kind) {
            int sum = 0;
            switch (kind) {
                case 0 -> {
                    for (int i = 0; i < 10; i++) {
                        sum += i;
                    }
                }
                case 1 -> {
                    int i = 0;
                    do {
                        sum += i;
                    } while (++i < 10);
                }
                default -> {
                    int i = 0;
                    while (true) {
                        if (i++ == 10) {
                            break;
                        }
                        if (i % 2 == 0) {
                            continue;
                        }
                        sum++;
                    }
                }
            }
            return sum;
        }
    }
}
