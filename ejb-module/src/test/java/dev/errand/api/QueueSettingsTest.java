package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueueSettingsTest {
    private static void refused(String field, String allowed, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessageContaining(allowed);
    }

    @Test
    void aFigureOutOfItsRangeIsRefusedWithItsName() {
        QueueSettings none = QueueSettings.none();
        refused("concurrency", "1 to 1000", () -> none.concurrency(0));
        refused("concurrency", "1 to 1000", () -> none.concurrency(1_001));
        refused("reserved", "1 to 1000", () -> none.reserved(-1));
        refused("reserved", "at most 2", () -> none.concurrency(2).reserved(3));
        refused("maxPending", "1 to 1000000000", () -> none.maxPending(0L));
        refused("timeLimit", "between 0 and 100 years", () -> none.timeLimit(Duration.ofSeconds(-1)));
        refused("timeLimit", "longer", () -> none.timeLimit(Duration.ZERO));
    }

    @Test
    void aNodeServesNamesOrAll() {
        NodeSettings none = NodeSettings.none();
        assertThat(none.queues(List.of("b", "a", "b")).queues()).containsExactly("a", "b");
        assertThat(none.queues(List.of("*")).queues()).containsExactly("*");
        refused("queues", "1 to 100", () -> none.queues(List.of()));
        refused("queues", "1 to 100", () -> none.queues(Collections.nCopies(101, "a")));
        refused("queues", "stands for all", () -> none.queues(List.of("*", "a")));
        refused("queues", "visible ASCII", () -> none.queues(List.of("a b")));
        refused("concurrency", "1 to 1000", () -> none.concurrency(0));
    }

    @Test
    void aTaskForANodeWaitsInTheQueueOfThatNode() {
        assertThat(TaskOptions.none().runOn("node-1").queue()).isEqualTo("node:node-1");
        refused("runOn", "1 to 95", () -> TaskOptions.none().runOn("x".repeat(96)));
        refused("runOn", "1 to 95", () -> TaskOptions.none().runOn(""));
    }
}
