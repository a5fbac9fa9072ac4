package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListQueryTest {

    @Test
    void nothingAskedIsEverything() {
        assertThat(ListQuery.of(Map.of())).isEqualTo(TaskFilter.all());
        assertThat(ListQuery.of(Map.of("state", List.of(""), "cursor", List.of(""))))
                .isEqualTo(TaskFilter.all());
    }

    @Test
    void everyParameterIsRead() {
        Map<String, List<String>> query = Map.of(
                "state", List.of("FAILURE"),
                "task", List.of("a.b"),
                "queue", List.of("mail"),
                "limit", List.of("1000"),
                "cursor", List.of("c"));

        assertThat(ListQuery.of(query)).isEqualTo(new TaskFilter(TaskState.FAILURE, "a.b", "mail", 1000, "c"));
    }

    @ParameterizedTest
    @CsvSource({
        "state,failure,PENDING",
        "state,DONE,PARKED",
        "limit,0,between 1 and 1000",
        "limit,1001,between 1 and 1000",
        "limit,ten,between 1 and 1000",
        "limit,99999999999,between 1 and 1000",
        "sate,FAILURE,state",
    })
    void aBadParameterIsNamedWithTheAllowedValues(String name, String value, String allowed) {
        assertThatThrownBy(() -> ListQuery.of(Map.of(name, List.of(value))))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(name))
                .satisfies(e -> assertThat(e.getMessage()).contains(allowed));
    }

    @Test
    void severalTagsMeanAllOfThem() {
        assertThat(ListQuery.of(Map.of(
                        "tag", List.of("eu", "nightly"),
                        "title", List.of("May"),
                        "id", List.of("order-"),
                        "schedule", List.of("report"))))
                .isEqualTo(TaskFilter.all()
                        .tag("eu")
                        .tag("nightly")
                        .title("May")
                        .id("order-")
                        .schedule("report"));
    }

    @Test
    void aParameterGivenTwiceIsRefused() {
        assertThatThrownBy(() -> ListQuery.of(Map.of("state", List.of("RETRY", "FAILURE"))))
                .hasMessageContaining("2 times");
    }
}
