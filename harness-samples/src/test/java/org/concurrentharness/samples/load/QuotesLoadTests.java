package org.concurrentharness.samples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.concurrentharness.junit5.LoadTest;
import org.concurrentharness.junit5.SharedFixture;
import org.concurrentharness.junit5.ThreadIndex;
import org.concurrentharness.load.Arrivals;

class QuotesLoadTests {
    private final HttpClient client = HttpClient.newHttpClient();

    /** Many users, who know nothing of each other: calls are due at random, and what they wait for each other counts. */
    @LoadTest(
            threads = 8,
            rate = "200/s",
            arrivals = Arrivals.POISSON,
            warmup = "500ms",
            duration = "1s",
            p99 = "5s",
            errors = "0%")
    void answersManyUsers(@SharedFixture(QuoteServer.class) QuoteServer.Running server, @ThreadIndex int user)
            throws IOException, InterruptedException {
        quote(server, "share" + user);
    }

    /** How much the server can do, for two callers that do nothing but call. */
    @LoadTest(threads = 2, warmup = "500ms", duration = "1s", minThroughput = "20/s")
    void answersAsFastAsItCan(@SharedFixture(QuoteServer.class) QuoteServer.Running server)
            throws IOException, InterruptedException {
        quote(server, "share");
    }

    private void quote(QuoteServer.Running server, String share) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.quotes().resolve(share)).build();
        HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(204);
    }
}
