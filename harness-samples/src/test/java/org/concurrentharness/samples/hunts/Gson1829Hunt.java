package org.concurrentharness.samples.hunts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import org.concurrentharness.junit5.ConcurrentTest;
import org.jspecify.annotations.Nullable;

/**
 * <a href="https://github.com/google/gson/issues/1829">google/gson 1829</a>: while one thread resolves the adapter of a type that
 * refers to itself by another one, the adapter of that other type is already in the cache for everybody, although it still refers
 * to a placeholder: "IllegalStateException: null delegate".
 */
class Gson1829Hunt {
    private final Gson gson = new Gson();

    @ConcurrentTest
    void writesTypesThatReferToEachOther() throws InterruptedException {
        Thread other = new Thread(() -> gson.toJson(new Author(new Book(null))));
        other.start();

        assertThat(gson.toJson(new Shelf(1))).isEqualTo("{\"number\":1}");
        assertThat(gson.toJson(new Book(new Author(null)))).isEqualTo("{\"author\":{\"name\":\"Author\"}}");
        other.join();
    }

    static class Author {
        final @Nullable Book book;
        final String name = "Author";

        Author(@Nullable Book book) {
            this.book = book;
        }
    }

    static class Book {
        final @Nullable Author author;

        Book(@Nullable Author author) {
            this.author = author;
        }
    }

    static class Shelf {
        final int number;

        Shelf(int number) {
            this.number = number;
        }
    }
}
