package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.Schedule;
import dev.errand.api.TaskValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleRequestTest {
    private static Schedule read(String body) {
        return ScheduleRequest.of("s", body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTaskAndItsTimesAreEnough() {
        assertThat(read("{\"task\":\"a.b\",\"cron\":\"@daily\"}"))
                .isEqualTo(Schedule.named("s").task("a.b").cron("@daily"));
        assertThat(read("{\"task\":\"a.b\",\"every\":90,\"zone\":null,\"argument\":null}"))
                .isEqualTo(Schedule.named("s").task("a.b").every(Duration.ofSeconds(90)));
    }

    @Test
    void everyFieldIsRead() {
        assertThat(read("""
                {"name":"s","task":"a.b","every":"PT15M","zone":"Europe/Berlin","argument":{"x":1.10},"queue":"q",
                 "priority":9,"misfire":"all","overlap":"Queue","from":"2030-01-01T01:00:00+01:00",
                 "until":"2031-01-01T00:00:00Z","jitter":"PT1M"}"""))
                .isEqualTo(Schedule.named("s")
                        .task("a.b")
                        .every(Duration.ofMinutes(15))
                        .zone(ZoneId.of("Europe/Berlin"))
                        .argument(TaskValue.ofJson("{\"x\":1.10}"))
                        .queue("q")
                        .priority(9)
                        .misfire(Misfire.ALL)
                        .overlap(Overlap.QUEUE)
                        .from(Instant.parse("2030-01-01T00:00:00Z"))
                        .until(Instant.parse("2031-01-01T00:00:00Z"))
                        .jitter(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "paused|{\"task\":\"a\",\"every\":1,\"paused\":true}",
                "name|{\"name\":\"t\"}",
                "task|{\"task\":1}",
                "every|{\"every\":\"PT0.5S\"}",
                "every|{\"every\":-1}",
                "zone|{\"zone\":\"\"}",
                "zone|{\"zone\":1}",
                "misfire|{\"misfire\":\"\"}",
                "overlap|{\"overlap\":[\"SKIP\"]}",
                "jitter|{\"jitter\":\"PT-1S\"}",
                "until|{\"until\":5}",
            })
    void aWrongFieldIsNamed(String field, String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
