package dev.errand.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // five fields, and six
                "30 2 * * *|2026-11-28T03:00:00Z|2026-11-29T02:30:00Z",
                "* * * * *|2026-11-28T03:00:00Z|2026-11-28T03:01:00Z",
                "* * * * *|2026-11-28T03:00:59.999Z|2026-11-28T03:01:00Z",
                "*/10 * * * * *|2026-11-28T03:00:00Z|2026-11-28T03:00:10Z",
                "15 30 2 * * *|2026-11-28T02:30:14.5Z|2026-11-28T02:30:15Z",
                // lists, ranges, steps
                "0,30 8-10 * * *|2026-11-28T08:30:00Z|2026-11-28T09:00:00Z",
                "0 22-2/2 * * *|2026-11-28T22:00:00Z|2026-11-29T00:00:00Z",
                "0 22-2/2 * * *|2026-11-28T00:00:00Z|2026-11-28T02:00:00Z",
                "5/20 * * * *|2026-11-28T03:00:00Z|2026-11-28T03:05:00Z",
                "5/20 * * * *|2026-11-28T03:25:00Z|2026-11-28T03:45:00Z",
                "5/20 * * * *|2026-11-28T03:45:00Z|2026-11-28T04:05:00Z",
                "10-40/15 * * * *|2026-11-28T03:25:00Z|2026-11-28T03:40:00Z",
                // names, in any case; Sunday is 0 and 7
                "0 0 * jan mon|2026-11-28T00:00:00Z|2027-01-04T00:00:00Z",
                "0 0 * * 0|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "0 0 * * 7|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "0 0 * * SAT-SUN|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "0 0 * * FRI-MON|2026-11-30T00:00:00Z|2026-12-04T00:00:00Z",
                "0 0 * * 5-7|2026-11-29T00:00:00Z|2026-12-04T00:00:00Z",
                "0 0 1 NOV-FEB *|2026-12-01T00:00:00Z|2027-01-01T00:00:00Z",
                // either is enough, if both are restricted
                "0 0 13 * FRI|2026-11-01T00:00:00Z|2026-11-06T00:00:00Z",
                "0 0 13 * FRI|2026-12-12T00:00:00Z|2026-12-13T00:00:00Z",
                // a field that begins with an asterisk does not restrict by itself
                "0 0 */2 * MON|2026-11-28T00:00:00Z|2026-12-07T00:00:00Z",
                "0 0 13 * ?|2026-11-28T00:00:00Z|2026-12-13T00:00:00Z",
                "0 0 ? * MON|2026-11-28T00:00:00Z|2026-11-30T00:00:00Z",
                // the last day, the nearest weekday, the n-th day of the week
                "0 0 L * *|2026-11-28T00:00:00Z|2026-11-30T00:00:00Z",
                "0 0 L * *|2028-02-01T00:00:00Z|2028-02-29T00:00:00Z",
                "0 0 L-2 * *|2026-11-28T00:00:00Z|2026-12-29T00:00:00Z",
                "0 0 LW * *|2026-05-01T00:00:00Z|2026-05-29T00:00:00Z",
                "0 0 15W * *|2026-08-01T00:00:00Z|2026-08-14T00:00:00Z",
                "0 0 15W * *|2026-11-01T00:00:00Z|2026-11-16T00:00:00Z",
                "0 0 1W * *|2026-08-01T00:00:00Z|2026-08-03T00:00:00Z",
                "0 0 31W * *|2026-05-01T00:00:00Z|2026-05-29T00:00:00Z",
                "0 0 31W * *|2026-06-01T00:00:00Z|2026-07-31T00:00:00Z",
                "0 0 1,L * *|2026-11-28T00:00:00Z|2026-11-30T00:00:00Z",
                "0 0 * * 5L|2026-11-01T00:00:00Z|2026-11-27T00:00:00Z",
                "0 0 * * FRIL|2026-11-01T00:00:00Z|2026-11-27T00:00:00Z",
                "0 0 * * MON#1|2026-11-28T00:00:00Z|2026-12-07T00:00:00Z",
                "0 0 * * 7#5|2026-11-01T00:00:00Z|2026-11-29T00:00:00Z",
                "0 0 * * MON#1,FRI#3|2026-12-08T00:00:00Z|2026-12-18T00:00:00Z",
                // leap days, also over a year without one
                "0 0 29 2 *|2026-11-28T00:00:00Z|2028-02-29T00:00:00Z",
                "0 0 29 2 *|2096-03-01T00:00:00Z|2104-02-29T00:00:00Z",
                "0 0 * 2 MON#5|2026-11-28T00:00:00Z|2044-02-29T00:00:00Z",
                // abbreviations
                "@yearly|2026-11-28T00:00:00Z|2027-01-01T00:00:00Z",
                "@annually|2026-11-28T00:00:00Z|2027-01-01T00:00:00Z",
                "@monthly|2026-11-28T00:00:00Z|2026-12-01T00:00:00Z",
                "@weekly|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "@daily|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "@midnight|2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
                "@Hourly|2026-11-28T00:00:00Z|2026-11-28T01:00:00Z",
                "  0\t0  * * *  |2026-11-28T00:00:00Z|2026-11-29T00:00:00Z",
            })
    void theNextInstantFollowsFromTheFields(String cron, Instant after, Instant expected) {
        assertThat(Cron.parse(cron).next(after, ZoneOffset.UTC)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|1 to 200 characters",
                "* * * *|4 fields",
                "* * * * * * *|7 fields",
                "60 * * * *|minute \"60\" is not a number from 0 to 59",
                "* 24 * * *|hour \"24\"",
                "* * 0 * *|day of the month \"0\"",
                "* * * 13 *|month \"13\" is not a number from 1 to 12 or a name from JAN to DEC",
                "* * * * 8|day of the week \"8\"",
                "* * * * MONDAY|day of the week \"MONDAY\"",
                "60 * * * * *|second \"60\"",
                "*/0 * * * *|step",
                "*/60 * * * *|step",
                "*/x * * * *|minute \"x\"",
                "1//2 * * * *|two steps",
                "1-2-3 * * * *|not a range",
                "1, * * * *|empty part",
                "-5 * * * *|minute",
                "٣ * * * *|minute",
                "0 0 30 2 *|never fires",
                "0 0 31 4,6,9,11 *|never fires",
                "0 0 31W 2 *|never fires",
                "0 0 L-30 2 *|never fires",
                "0 0 L-31 * *|before each month",
                "0 0 * * MON#6|between 1 and 5",
                "0 0 * * MON#|between 1 and 5",
                "0 0 * * L|has no day",
                "0 0 1-5W * *|day of the month",
                "0 0 32W * *|day of the month \"32\"",
                "@reboot|@annually, @daily",
                "99999999999999999999 * * * *|minute",
            })
    void anExpressionThatIsWrongOrNeverFiresIsRefusedWithTheReason(String cron, String reason) {
        assertThatThrownBy(() -> Cron.parse(cron))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("cron"))
                .hasMessageContaining(reason);
    }

    @Test
    void aTimeInAGapFiresAtTheFirstInstantAfterIt() {
        assertThat(Cron.parse("30 2 * * *").next(Instant.parse("2026-03-28T12:00:00Z"), BERLIN))
                .isEqualTo("2026-03-29T01:00:00Z");
        assertThat(firings("*/15 2,3 * * *", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:15:00Z", "2026-03-29T01:30:00Z");
        assertThat(Cron.parse("0 0 * * *").next(Instant.parse("2018-11-03T12:00:00Z"), ZoneId.of("America/Sao_Paulo")))
                .as("midnight does not exist")
                .isEqualTo("2018-11-04T03:00:00Z");
        assertThat(Cron.parse("0 12 30 12 *").next(Instant.parse("2011-12-01T00:00:00Z"), ZoneId.of("Pacific/Apia")))
                .as("a day that does not exist")
                .isEqualTo("2011-12-30T10:00:00Z");
    }

    @Test
    void aTimeThatComesTwiceFiresOnce() {
        assertThat(firings("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(firings("*/30 * * * *", "2026-10-24T23:30:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:30:00Z");
        assertThat(Cron.parse("30 2 * * *").next(Instant.parse("2026-10-25T01:10:00Z"), BERLIN))
                .as("asked in the second of both hours")
                .isEqualTo("2026-10-26T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"* * * * *", "0 0 * * MON#1", "@daily"})
    void theExpressionKeepsItsText(String cron) {
        assertThat(Cron.parse(" " + cron + " ")).hasToString(cron);
    }

    private static List<String> firings(String cron, String after, int count) {
        List<String> firings = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = Cron.parse(cron).next(at, BERLIN);
            firings.add(at.toString());
        }
        return firings;
    }
}
