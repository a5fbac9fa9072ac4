package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeBodyTest {
    @Test
    void onlyWhatIsThereChanges() {
        assertThat(read("{}")).isEqualTo(TaskChange.none());
        assertThat(read("{\"priority\":9}")).isEqualTo(TaskChange.none().priority(9));
        assertThat(read("{\"argument\":{\"x\":1.10},\"queue\":\"bulk\",\"countdown\":\"PT1M\"}"))
                .isEqualTo(TaskChange.none()
                        .argument(TaskValue.ofJson("{\"x\":1.10}"))
                        .queue("bulk")
                        .countdown(Duration.ofMinutes(1)));
        for (String field : new String[] {"dueAt", "eta"}) {
            assertThat(read("{\"" + field + "\":\"2030-01-01T00:00:00Z\"}"))
                    .isEqualTo(TaskChange.none().dueAt(Instant.parse("2030-01-01T00:00:00Z")));
        }
    }

    /** A task may have no argument; no other value can be taken away. */
    @Test
    void nullIsAnArgument() {
        assertThat(read("{\"argument\":null}")).isEqualTo(TaskChange.none().argument(TaskValue.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title|\"x\"|priority",
                "priority|10|9",
                "priority|null|Leave it out",
                "queue|\"two words\"|two words",
                "countdown|\"soon\"|duration",
                "dueAt|\"tomorrow\"|instant"
            })
    void aWrongFieldIsNamed(String field, String value, String says) {
        assertThatThrownBy(() -> read("{\"" + field + "\":" + value + "}"))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.getMessage()).contains(says));
    }

    @Test
    void oneDueTimeIsEnough() {
        assertThatThrownBy(() -> read("{\"dueAt\":\"2030-01-01T00:00:00Z\",\"eta\":\"2030-01-01T00:00:00Z\"}"))
                .hasMessageContaining("the same time");
    }

    private static TaskChange read(String json) {
        return ChangeBody.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
