package org.concurrentharness.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayTokenTests {
    private static final String TEST = "com.acme.BankTests.transfer";
    private static final Options OPTIONS = Options.defaults();
    private static final String TOKEN = token().encode();

    private static ReplayToken token() {
        return ReplayToken.of(TEST, OPTIONS, 42, new int[] {3, 4, 17}, new int[] {1, 2, 0}, 29);
    }

    @Test
    void theFormatStaysAsItIs() {
        // Tokens stand in users' code: a change here needs a new version, and this one still to be read.
        assertThat(TOKEN).isEqualTo("ch1-K0hT02cQFLab09o3II9hL");
        assertThat(ReplayToken.parse(TOKEN, TEST)).isEqualTo(token());
    }

    @Test
    void keepsTheSchedule() {
        ReplayToken parsed = ReplayToken.parse(" " + TOKEN + "\n", TEST);

        assertThat(parsed.seed()).isEqualTo(42);
        assertThat(parsed.total()).isEqualTo(29);
        assertThat(parsed.decisions()).containsExactly(3, 4, 17);
        assertThat(parsed.threads()).containsExactly(1, 2, 0);
    }

    @Test
    void keepsTheOptionsThatChangeASchedule() {
        Options options =
                OPTIONS.timeouts(Timeouts.ANY_TIME).spuriousWakeups(true).isolate(true);
        String text =
                ReplayToken.of(TEST, options, -1, new int[0], new int[0], 0).encode();

        assertThat(ReplayToken.parse(text, TEST).applyTo(OPTIONS)).isEqualTo(options.seed(-1));
        assertThat(ReplayToken.parse(TOKEN, TEST).applyTo(options)).isEqualTo(OPTIONS.seed(42));
    }

    @Test
    void isMadeOfLettersAndDigitsBehindItsPrefix() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            assertThat(random(random).encode()).matches("ch1-[0-9A-Za-z]+");
        }
    }

    @Test
    void isShort() {
        int[] decisions = new int[200];
        int[] threads = new int[200];
        for (int i = 0; i < 200; i++) {
            decisions[i] = 2 * i;
            threads[i] = i % 2;
        }

        assertThat(TOKEN).hasSizeLessThan(32);
        assertThat(ReplayToken.of(TEST, OPTIONS, 42, decisions, threads, 400).encode())
                .hasSizeLessThan(310);
    }

    @Test
    void returnsFromTextAsItWas() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            ReplayToken token = random(random);
            assertThat(ReplayToken.parse(token.encode(), TEST)).isEqualTo(token);
        }
    }

    @Test
    void returnsFromTextAtTheLimits() {
        for (long seed : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 49) - 1, 1L << 49}) {
            ReplayToken token = ReplayToken.of(
                    TEST,
                    OPTIONS,
                    seed,
                    new int[] {0, 1, Integer.MAX_VALUE - 1},
                    new int[] {6, 7, Integer.MAX_VALUE},
                    Integer.MAX_VALUE);
            assertThat(ReplayToken.parse(token.encode(), TEST)).isEqualTo(token);
        }
    }

    @Test
    void recognisesEveryChangeOfOneCharacter() {
        Random random = new Random(2);
        for (int i = 0; i < 20; i++) {
            String text = random(random).encode();
            for (int at = 0; at < text.length(); at++) {
                for (char other = '!'; other <= '~'; other++) {
                    if (other != text.charAt(at)) {
                        assertRefused(text.substring(0, at) + other + text.substring(at + 1));
                    }
                }
            }
        }
    }

    @Test
    void recognisesEveryCharacterLostOrDoubledOrSwappedWithItsNeighbour() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            String text = random(random).encode();
            for (int at = 0; at < text.length(); at++) {
                String before = text.substring(0, at);
                String after = text.substring(at + 1);
                assertRefused(before + after);
                assertRefused(before + text.charAt(at) + text.charAt(at) + after);
                if (at > 0 && text.charAt(at) != text.charAt(at - 1)) {
                    assertRefused(text.substring(0, at - 1) + text.charAt(at) + text.charAt(at - 1) + after);
                }
            }
        }
    }

    @Test
    void recognisesEveryTokenThatIsCutOff() {
        for (int end = "ch1-".length(); end < TOKEN.length(); end++) {
            String cut = TOKEN.substring(0, end);
            assertThatThrownBy(() -> ReplayToken.parse(cut, TEST))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(" is cut off: ");
        }
    }

    @Test
    void refusesNothing() {
        assertMessage(
                " ", "The replay token is empty; copy the whole token, which begins with \"ch1-\", from the report.");
    }

    @Test
    void refusesGarbage() {
        assertMessage(
                "hello",
                "\"hello\" is not a replay token: a token begins with \"ch1-\"; copy the whole token from the report.");
    }

    @Test
    void refusesAForeignPrefix() {
        assertMessage(
                "xy1-K8hX0000000000000000000000000000",
                "\"xy1-K8hX000000000000...\" is not a replay token: a token begins with \"ch1-\"; copy the whole token"
                        + " from the report.");
    }

    @Test
    void refusesAnUnknownVersion() {
        assertMessage(
                TOKEN.replace("ch1-", "ch2-"),
                "The replay token " + TOKEN.substring(0, 20).replace("ch1-", "ch2-") + "... was made by a newer version"
                        + " of the harness than this one, which reads \"ch1-\"; use that version, or run the test"
                        + " without replay to get a new token.");
    }

    @Test
    void refusesATokenThatIsCutOff() {
        assertMessage(
                "ch1-K0hT02cQFLab09o3",
                "The replay token ch1-K0hT02cQFLab09o3 is cut off: 5 characters are missing; copy the whole token from"
                        + " the report.");
        assertMessage(
                "ch1-",
                "The replay token ch1- is cut off: at least 1 character is missing; copy the whole token from the"
                        + " report.");
    }

    @Test
    void refusesADamagedToken() {
        char last = TOKEN.charAt(TOKEN.length() - 1);
        assertMessage(
                TOKEN.substring(0, TOKEN.length() - 1) + (last == 'a' ? 'b' : 'a'),
                "The replay token " + TOKEN.substring(0, 20)
                        + "... is damaged: a character was lost, added or changed; copy the whole token from the report.");
    }

    @Test
    void refusesTheTokenOfAnotherTest() {
        assertThatThrownBy(() -> ReplayToken.parse(TOKEN, "com.acme.CacheTests.loads"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The replay token " + TOKEN.substring(0, 20) + "... belongs to another test than"
                        + " com.acme.CacheTests.loads; put it on the test that it was printed for, and if that test was"
                        + " renamed, run it without replay to get a new token.");
    }

    @Test
    void refusesDecisionsThatAreNoSchedule() {
        assertThatThrownBy(() -> ReplayToken.of(TEST, OPTIONS, 1, new int[] {1, 2}, new int[] {0}, 9))
                .hasMessage("2 decisions, 1 threads and a total of 9 do not fit together.");
        assertThatThrownBy(() -> ReplayToken.of(TEST, OPTIONS, 1, new int[] {2, 2}, new int[] {0, 0}, 9))
                .hasMessage("decision 2 of thread 0 is out of order or out of range.");
    }

    private static ReplayToken random(Random random) {
        int total = random.nextInt(random.nextBoolean() ? 60 : 3_000);
        int[] decisions = random.ints(random.nextInt(40), 0, Math.max(total, 1))
                .distinct()
                .sorted()
                .limit(total)
                .toArray();
        int[] threads =
                random.ints(decisions.length, 0, random.nextBoolean() ? 3 : 500).toArray();
        long seed = random.nextLong() >> random.nextInt(64);
        Options options = OPTIONS.isolate(random.nextBoolean()).spuriousWakeups(random.nextBoolean());
        return ReplayToken.of(TEST, options, seed, decisions, threads, total);
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> ReplayToken.parse(text, TEST))
                .as(text)
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    private static void assertMessage(String text, String message) {
        assertThatThrownBy(() -> ReplayToken.parse(text, TEST))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
