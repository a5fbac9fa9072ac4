package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.errand.api.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Each request is a task to send or an error with a name, and never an unforeseen exception. */
class TaskBodyFuzzTest {
    private static final List<String> FIELDS = List.of(
            "task", "argument", "id", "countdown", "eta", "expires", "priority", "queue", "maxRetries", "uniqueKey");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"ü😀\"",
            "[]",
            "{}",
            "[[[{}]]]",
            "{\"a\":null}",
            "0",
            "-0",
            "-1",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "9223372036854775808",
            "0.1",
            "2147483648",
            "\"PT\"",
            "\"P\"",
            "\"PT-1S\"",
            "\"PT9223372036854775807S\"",
            "\"P99999999999D\"",
            "\"-PT1H\"",
            "\"1e999999999\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"2030-01-01T00:00:00Z\"",
            "\"2030-01-01\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"2030-02-30T00:00:00Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"" + "x".repeat(300) + "\"");

    private static void read(byte[] body, String seed) {
        assertThatCode(() -> {
                    try {
                        TaskBody.of(body);
                    } catch (InvalidValueException e) {
                        // that is how a fault is named
                    }
                })
                .as("%s: %s", seed, new String(body, StandardCharsets.ISO_8859_1))
                .doesNotThrowAnyException();
    }

    @Test
    void everyFieldTakesOrRefusesEveryValue() {
        for (String field : FIELDS) {
            for (String value : VALUES) {
                String task = field.equals("task") ? "" : "\"task\":\"a.b\",";
                read(("{" + task + "\"" + field + "\":" + value + "}").getBytes(StandardCharsets.UTF_8), field);
            }
        }
    }

    @RepeatedTest(3)
    void aBodyThatWasDamagedIsNoTrouble() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] body =
                ("{\"task\":\"a.b\",\"argument\":{\"x\":[1,\"y\",null,true,2.5e3,\"\\u00fc😀\"]},\"id\":\"i\",\"countdown\":\"PT1M\","
                                + "\"eta\":\"2030-01-01T02:00:00+02:00\",\"priority\":9,\"queue\":\"q\",\"maxRetries\":-1}")
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            read(damaged(body, random), "seed " + seed);
        }
    }

    private static byte[] damaged(byte[] body, Random random) {
        byte[] copy = body.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            copy[random.nextInt(copy.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : "{}[]\",:\\0-".charAt(random.nextInt(10)));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
    }
}
