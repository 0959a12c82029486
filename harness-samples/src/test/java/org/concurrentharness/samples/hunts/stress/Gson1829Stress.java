package org.concurrentharness.samples.hunts.stress;

import com.google.gson.Gson;
import org.concurrentharness.junit5.Actor;
import org.concurrentharness.junit5.StressTest;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://github.com/google/gson/issues/1829">google/gson 1829</a>: two threads resolve the adapters of types that refer to
 * each other; one of them gets an adapter whose delegate is still null.
 */
class Gson1829Stress {
    private final Gson gson = new Gson();

    @Actor
    void writesAnAuthor() {
        gson.toJson(new Author(new Book(new Author(null))));
    }

    @Actor
    void writesABook() {
        gson.toJson(new Book(new Author(new Book(null))));
    }

    @StressTest(duration = "20s", timeout = "5s", stopAtFailure = true)
    void writesTypesThatReferToEachOther() {}

    static class Author {
        final @Nullable Book book;
        final String name = "Author";

        Author(@Nullable Book book) {
            this.book = book;
        }
    }

    static class Book {
        final @Nullable Author author;
        final int pages = 1;

        Book(@Nullable Author author) {
            this.author = author;
        }
    }
}
