package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    120                            | PT2M
                    ' 120 '                        | PT2M
                    0                              | PT1S
                    86400                          | PT24H
                    86401                          | PT24H
                    99999999999999999999           | PT24H
                    Thu, 01 Jan 2026 12:10:00 GMT  | PT10M
                    Thursday, 01-Jan-26 12:10:00 GMT | PT10M
                    Thu, 01 Jan 2026 11:00:00 GMT  | PT1S
                    Fri, 01 Jan 2027 12:00:00 GMT  | PT24H
                    """)
    void readsSecondsAndDates(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-5", "1.5"})
    void ignoresHeadersWithoutATime(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }
}
