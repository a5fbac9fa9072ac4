package dev.errand.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start page shows each instant that the server may give, with the offset of a local time. */
class TimesModuleTest {
    private static PageModule times;

    @BeforeAll
    static void load() {
        times = new PageModule("times.js", ZoneId.of("Europe/Berlin"));
    }

    @AfterAll
    static void close() {
        times.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00.000Z, 2026-10-25 02:30:00 +02:00",
        "2026-10-25T01:30:00.000Z, 2026-10-25 02:30:00 +01:00",
        "2026-07-01T12:00:00.123456789Z, 2026-07-01 14:00:00 +02:00",
        "9999-12-31T23:59:59.999Z, 10000-01-01 00:59:59 +01:00",
        "+10000-01-01T00:00:00Z, 10000-01-01 01:00:00 +01:00"
    })
    void aLocalTimeHasItsOffset(String instant, String shown) {
        assertThat(times.call("absolute", instant).asString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "soon", ""})
    void anInstantWithoutADateReadsAsTheServerWroteIt(String instant) {
        assertThat(times.call("absolute", instant).asString()).isEqualTo(instant);
        assertThat(times.call("relative", instant).asString()).isEqualTo(instant);
        assertThat(times.call("lasted", instant, "2026-01-01T00:00:00Z").asString())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:01Z, now",
        "2026-01-01T00:00:30Z, in 30 sec.",
        "2025-12-31T23:50:00Z, 10 min. ago",
        "2026-01-02T01:00:00Z, tomorrow",
        "+10000-01-02T00:00:00Z, 'in 7,974 yr.'"
    })
    void aDistanceIsInTheLargestUnitThatFits(String instant, String shown) {
        long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

        assertThat(times.call("relative", instant, now).asString()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"00:00:00.250, 250 ms", "00:00:02.500, 2.5 s", "00:03:00, 3 min", "02:05:00, 2 h 5 min"})
    void aRunHasItsLength(String end, String shown) {
        assertThat(times.call("lasted", "2026-01-01T00:00:00.000Z", "2026-01-01T" + end + "Z")
                        .asString())
                .isEqualTo(shown);
    }

    @Test
    void aDurationReadsAsUnits() {
        assertThat(times.call("duration", "PT1H30M").asString()).isEqualTo("1h 30m");
    }
}
