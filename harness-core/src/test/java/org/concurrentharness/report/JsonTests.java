package org.concurrentharness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void anotherReaderReadsWhatWasWritten() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            Object value = value(random, 4);
            assertThat(MAPPER.readValue(Json.text(value), Object.class)).isEqualTo(value);
            assertThat(MAPPER.readValue(Json.line(value), Object.class)).isEqualTo(value);
            assertThat(Json.line(value)).doesNotContain("\n");
        }
    }

    @Test
    void escapesWhatEndsAScriptAndWhatIsNoText() {
        assertThat(Json.line("</script>&\u2028\ud800x\ude00\u0000\u007f\ud83d\ude00"))
                .isEqualTo("\"\\u003c/script\\u003e\\u0026\\u2028\\ud800x\\ude00\\u0000\\u007f\ud83d\ude00\"");
    }

    @Test
    void keepsAStepInALine() {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("number", 1);
        step.put("after", List.of(1, 2));
        assertThat(Json.text(Map.of("trace", List.of(step, step)))).isEqualTo("""
                        {
                          "trace": [
                            {"number": 1, "after": [1, 2]},
                            {"number": 1, "after": [1, 2]}
                          ]
                        }
                        """);
    }

    private static Object value(Random random, int depth) {
        switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0:
                return random.nextInt();
            case 1:
                return random.nextBoolean();
            case 2:
                return text(random);
            case 3:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                return list;
            default:
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), value(random, depth - 1));
                }
                return map;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
        return text.toString();
    }
}
