package org.concurrentharness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadSpansTests {
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("load.phase");
    private static final AttributeKey<Long> THREAD = AttributeKey.longKey("load.thread");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @BeforeEach
    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
        System.clearProperty("harness.load.spans");
    }

    @Test
    void eachOperationHasASpanThatIsTheParentOfWhatItMakes() throws Throwable {
        setUp();
        Tracer client = GlobalOpenTelemetry.getTracer("client");
        LoadResult result =
                load(thread -> client.spanBuilder("call").startSpan().end());

        Map<String, List<SpanData>> spans =
                exporter.getFinishedSpanItems().stream().collect(Collectors.groupingBy(SpanData::getName));
        List<SpanData> operations = spans.get("GET /orders");
        assertThat(operations.stream()
                        .filter(span -> "measured".equals(span.getAttributes().get(PHASE))))
                .as("those that were due when the time was over have not begun")
                .hasSize(Math.toIntExact(result.operations() - result.notStarted()));
        assertThat(operations.stream()
                        .filter(span -> "warm-up".equals(span.getAttributes().get(PHASE))))
                .isNotEmpty();
        assertThat(operations).allSatisfy(span -> {
            assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("org.concurrentharness.load");
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(span.getAttributes().get(THREAD)).isBetween(0L, 1L);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
        assertThat(operations.stream()
                        .map(span -> span.getAttributes().get(THREAD))
                        .distinct())
                .hasSize(2);
        assertThat(spans.get("call").stream().map(SpanData::getParentSpanId).sorted())
                .containsExactlyElementsOf(
                        operations.stream().map(SpanData::getSpanId).sorted().toList());
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void aFailureIsOneOfItsSpanToo() throws Throwable {
        setUp();
        LoadResult result = load(thread -> {
            throw new IllegalStateException("sold out");
        });

        assertThat(result.errors())
                .isEqualTo(result.operations() - result.notStarted())
                .isPositive();
        assertThat(result.failures().get(0).type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(exporter.getFinishedSpanItems()).isNotEmpty().allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEqualTo("sold out");
            assertThat(span.getEvents()).singleElement().satisfies(event -> {
                assertThat(event.getName()).isEqualTo("exception");
                assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.type")))
                        .isEqualTo("java.lang.IllegalStateException");
            });
        });
    }

    @Test
    void whereNobodyTakesSpansNoneAreMade() {
        assertThat(LoadSpans.of("a", null)).isEmpty();
        GlobalOpenTelemetry.set(OpenTelemetry.noop()); // which would fail if asking had set it
        assertThat(LoadSpans.of("a", null)).isEmpty();
        System.setProperty("harness.load.spans", "on");
        assertThat(LoadSpans.of("a", null)).as("asked for").isPresent();
    }

    @Test
    void theSettingTurnsThemOff() throws Throwable {
        setUp();
        assertThat(LoadSpans.of("a", null)).isPresent();
        System.setProperty("harness.load.spans", "off");
        load(thread -> {});
        assertThat(exporter.getFinishedSpanItems()).isEmpty();

        System.setProperty("harness.load.spans", "yes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadSpans.of("a", null))
                .withMessage("harness.load.spans is \"yes\"; it must be on or off.");
        assertThat(LoadSpans.of("a", Load.Spans.of(" On ")))
                .as("what is asked for wins")
                .isPresent();
        assertThat(LoadSpans.of("a", Load.Spans.of("off"))).isEmpty();
    }

    private void setUp() {
        OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .buildAndRegisterGlobal();
    }

    private static LoadResult load(Load.Operation operation) throws Throwable {
        return Load.of("GET /orders", operation)
                .options(LoadOptions.defaults()
                        .threads(2)
                        .rate(200)
                        .warmup(Duration.ofMillis(300))
                        .duration(Duration.ofSeconds(1)))
                .run();
    }
}
