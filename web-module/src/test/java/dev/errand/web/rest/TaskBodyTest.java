package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.errand.api.InvalidValueException;
import dev.errand.api.OnDuplicate;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskBodyTest {

    @Test
    void theNameAloneIsEnough() {
        assertThat(read("{\"task\":\"a.b\"}")).isEqualTo(new TaskBody("a.b", null, TaskOptions.none()));
    }

    @Test
    void nullStandsForNotGiven() {
        assertThat(read("""
                {"task":"a.b","argument":null,"id":null,"countdown":null,"eta":null,"expires":null,
                 "priority":null,"queue":null,"maxRetries":null,"uniqueKey":null}""")).isEqualTo(new TaskBody("a.b", null, TaskOptions.none()));
    }

    @Test
    void everyFieldIsRead() {
        TaskBody request = read("""
                {"task":"a.b","argument":{"x":[1,"y"]},"id":"i/1","countdown":"PT1M","eta":"2030-01-01T02:00:00+02:00",
                 "expires":"2031-01-01T00:00:00.5Z","priority":9,"queue":"mail","maxRetries":-1,"uniqueKey":"k"}""");

        assertThat(request.argument()).isEqualTo(TaskValue.ofJson("{\"x\":[1,\"y\"]}"));
        assertThat(request.options())
                .isEqualTo(new TaskOptions(
                        "i/1",
                        Duration.ofMinutes(1),
                        Instant.parse("2030-01-01T00:00:00Z"),
                        Instant.parse("2031-01-01T00:00:00.500Z"),
                        null,
                        9,
                        "mail",
                        -1,
                        "k"));
    }

    @Test
    void theLaterFieldsAreReadAsWell() {
        assertThat(read("""
                {"task":"a.b","uniqueKey":"k","onDuplicate":"keep","uniqueFor":"P1D","debounce":{"quiet":5,"max":"PT1M"},
                 "timeLimit":"PT2M","title":"Report","tags":["eu","nightly"]}""").options())
                .isEqualTo(TaskOptions.none()
                        .uniqueKey("k")
                        .onDuplicate(OnDuplicate.KEEP)
                        .uniqueFor(Duration.ofDays(1))
                        .debounce(Duration.ofSeconds(5), Duration.ofMinutes(1))
                        .timeLimit(Duration.ofMinutes(2))
                        .title("Report")
                        .tags("eu", "nightly"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onDuplicate|\"IGNORE\"|REPLACE",
                "uniqueFor|0|uniqueFor",
                "debounce|5|object",
                "debounce.quiet|{\"max\":1}|missing",
                "debounce.max|{\"quiet\":1}|missing",
                "debounce.min|{\"quiet\":1,\"max\":2,\"min\":0}|quiet",
                "debounce.quiet|{\"quiet\":\"soon\",\"max\":2}|duration",
                "debounce.max|{\"quiet\":3,\"max\":2}|shorter",
                "timeLimit|\"PT0S\"|0",
                "title|7|string",
                "tags|\"a\"|list",
                "tags|[1]|string",
                "tags|[null]|string",
                "tags|[\"\"]|100"
            })
    void aWrongLaterFieldIsNamed(String field, String value, String says) {
        String name = field.replaceFirst("\\..*", "");
        assertThatThrownBy(() -> read("{\"task\":\"a.b\",\"" + name + "\":" + value + "}"))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.getMessage()).contains(says));
    }

    @Test
    void aTaskExpiresAtAnInstantOrAfterADuration() {
        assertThat(read("{\"task\":\"a\",\"expires\":\"PT1H\"}").options())
                .isEqualTo(TaskOptions.none().expiresIn(Duration.ofHours(1)));
        assertThat(read("{\"task\":\"a\",\"expires\":90}").options())
                .isEqualTo(TaskOptions.none().expiresIn(Duration.ofSeconds(90)));
    }

    @Test
    void anIdempotencyKeyIsTheId() {
        assertThat(read("{\"task\":\"a\"}")
                        .withId("Idempotency-Key", "k")
                        .options()
                        .id())
                .isEqualTo("k");
        assertThat(read("{\"task\":\"a\",\"id\":\"k\"}")
                        .withId("Idempotency-Key", "k")
                        .options()
                        .id())
                .isEqualTo("k");
        for (String json : List.of("{\"task\":\"a\",\"id\":\"other\"}", "{\"task\":\"a\"}")) {
            assertThatThrownBy(() -> read(json).withId("Idempotency-Key", "two words"))
                    .asInstanceOf(type(InvalidValueException.class))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("Idempotency-Key"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "90|PT1M30S",
                "1.5|PT1.5S",
                "0|PT0S",
                "1e3|PT16M40S",
                "1e-999999999|PT0S",
                "\"90\"|PT1M30S",
                "\"0.25\"|PT0.25S",
                "\"P1DT1H\"|PT25H",
                "\"pt5m\"|PT5M",
                "\"P1W\"|PT168H",
                "\"PT1.5H\"|PT1H30M",
            })
    void durationsAreIsoOrSeconds(String json, Duration expected) {
        assertThat(read("{\"task\":\"a\",\"countdown\":" + json + "}").options().countdown())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task|5",
                "task|null",
                "task|[]",
                "countdwn|1",
                "Task|\"a\"",
                "id|5",
                "id|\"a b\"",
                "id|\"\"",
                "countdown|\"5 minutes\"",
                "countdown|\"\"",
                "countdown|\"1e\"",
                "countdown|true",
                "countdown|-1",
                "countdown|\"-PT1S\"",
                "countdown|1e999999999",
                "countdown|\"1e999999999\"",
                "countdown|{}",
                "eta|5",
                "eta|\"2030-01-01T00:00:00\"",
                "eta|\"2030-02-30T00:00:00Z\"",
                "eta|\"+200000-01-01T00:00:00Z\"",
                "eta|\"9999-12-31T23:59:59-01:00\"",
                "expires|\"9999-12-31T23:59:59.9999Z\"",
                "expires|\"tomorrow\"",
                "expires|-1",
                "expires|\"PT\"",
                "priority|\"4\"",
                "priority|4.5",
                "priority|10",
                "priority|99999999999",
                "queue|1",
                "queue|\"two words\"",
                "maxRetries|-2",
                "maxRetries|false",
                "uniqueKey|[1]",
            })
    void aBadFieldIsNamed(String field, String json) {
        String task = field.equals("task") ? "" : "\"task\":\"a\",";

        assertThatThrownBy(() -> read("{" + task + "\"" + field + "\":" + json + "}"))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.getMessage()).contains(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.10|1.10",
                "9007199254740993|9007199254740993",
                "0|0",
                "true|true",
                "[ 1 ,{ } ]|[1,{}]",
                "1e400|1E+400"
            })
    void anArgumentIsItsJson(String given, String kept) {
        assertThat(read("{\"task\":\"a.b\",\"argument\": " + given + " }").argument())
                .isEqualTo(TaskValue.ofJson(kept));
    }

    @Test
    void aMissingTaskIsNamed() {
        assertThatThrownBy(() -> read("{}")).hasMessageStartingWith("task is missing");
    }

    private static TaskBody read(String json) {
        return TaskBody.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
