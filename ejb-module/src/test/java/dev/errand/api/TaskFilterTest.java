package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFilterTest {
    @Test
    void tagsAreAddedAndTheRestIsCopied() {
        TaskFilter filter = TaskFilter.all()
                .tag("a")
                .tag("b")
                .id("order-")
                .title("May")
                .schedule("report")
                .limit(7)
                .state(TaskState.RETRY);

        assertThat(filter)
                .isEqualTo(new TaskFilter(
                        TaskState.RETRY, null, null, 7, null, "order-", "May", List.of("a", "b"), "report"));
    }

    @Test
    void allAsksForTheNewestFiftyOfAnyKind() {
        assertThat(TaskFilter.all()).isEqualTo(new TaskFilter(null, null, null, 50, null));
    }

    @Test
    void eachCallReturnsACopyAndKeepsTheOtherValues() {
        TaskFilter failed = TaskFilter.all().state(TaskState.FAILURE);

        TaskFilter all = failed.task("example.echo").queue("mail").limit(1_000).cursor("c");

        assertThat(all).isEqualTo(new TaskFilter(TaskState.FAILURE, "example.echo", "mail", 1_000, "c"));
        assertThat(failed).isEqualTo(new TaskFilter(TaskState.FAILURE, null, null, 50, null));
    }

    @Test
    void nullTakesACriterionBack() {
        assertThat(TaskFilter.all()
                        .state(TaskState.RETRY)
                        .task("t")
                        .queue("q")
                        .cursor("c")
                        .state(null)
                        .task(null)
                        .queue(null)
                        .cursor(null))
                .isEqualTo(TaskFilter.all());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001})
    void aLimitThatNoPageHasIsRefused(int limit) {
        assertThatThrownBy(() -> TaskFilter.all().limit(limit))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("limit " + limit)
                .hasMessageContaining("1000");
    }
}
