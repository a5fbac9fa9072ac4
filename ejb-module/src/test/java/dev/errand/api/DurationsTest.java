package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1W|PT168H",
                "P2W3D|PT408H",
                "PT1.5H|PT1H30M",
                "PT1,5H|PT1H30M",
                "P0.5D|PT12H",
                "PT0.5M|PT30S",
                "PT0.1S|PT0.1S",
                "P1DT0.25H|PT24H15M",
                "pt5m|PT5M",
                "-PT5M|PT-5M",
                "PT-1.5S|PT-1.5S",
                "-PT-1M|PT1M",
                "+P1D|PT24H",
                "PT0.0000000001S|PT0S",
            })
    void weeksAndAFractionInTheSmallestUnitAreTaken(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "1W",
                "P1M",
                "P1Y",
                "PT1.5H5M",
                "P1.5DT1H",
                "PT1H1D",
                "P1",
                "PT5",
                "PT.5S",
                "PT1.H",
                "P1W ",
                "P 1W",
                "P٣D",
                "PT99999999999999999999H",
                "P9999999999999999999999W",
                "--PT1S"
            })
    void anyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 100_000, 10_000_000})
    void aLongTextIsNoWork(int digits) {
        assertThatThrownBy(() -> Durations.parse("PT" + "9".repeat(digits) + "S"))
                .isInstanceOf(DateTimeParseException.class);
    }

    @Property
    void javasOwnTextsAreRead(@ForAll long seconds, @ForAll int nanos) {
        Duration duration = Duration.ofSeconds(seconds / 2, nanos);

        assertThat(Durations.parse(duration.toString())).isEqualTo(duration);
    }
}
