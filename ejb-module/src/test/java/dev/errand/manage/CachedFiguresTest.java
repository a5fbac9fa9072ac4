package dev.errand.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.QueueInfo;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskPage;
import dev.errand.api.TaskState;
import dev.errand.queue.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedFiguresTest {
    private final SettableClock clock = new SettableClock();
    private final List<String> seen = new ArrayList<>();
    private long countingTakes;
    private int counted;

    private final TaskAdministration operations = new TaskAdministration() {
        @Override
        public Map<TaskState, Long> counts() {
            counted++;
            clock.forward(countingTakes);
            return Map.of(TaskState.PENDING, (long) counted);
        }

        @Override
        public List<QueueInfo> queues() {
            return List.of(new QueueInfo("bulk", counted, 0, 0, false, null, null));
        }

        @Override
        public TaskPage list(TaskFilter filter) {
            return new TaskPage(List.of(), null);
        }
    };

    private final CachedFigures recent = new CachedFigures();

    @BeforeEach
    void wire() {
        recent.operations = operations;
        recent.clock = clock;
        recent.whenCounted(seen::addAll);
    }

    @Test
    void attributesShareACountForFiveSeconds() {
        recent.get();
        clock.forward(4_999);
        assertThat(recent.get().queue("bulk").pending()).isEqualTo(1);
        clock.forward(1);
        assertThat(recent.get().queue("bulk").pending()).isEqualTo(2);
    }

    @Test
    void aCountThatTakesLongIsKeptForLong() {
        countingTakes = 1_000;
        recent.get();
        clock.forward(19_999);
        recent.get();
        assertThat(counted).isEqualTo(1);
        clock.forward(1);
        recent.get();
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void aChangeIsVisibleToItsCaller() {
        recent.get();
        recent.forget();
        assertThat(recent.get().counts()).containsEntry(TaskState.PENDING, 2L);
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepOldFigures() {
        recent.get();
        clock.forward(-3_600_000);
        recent.get();
        assertThat(counted).isEqualTo(2);
    }

    @Test
    void eachCountTellsOfItsQueues() {
        assertThat(seen).isEmpty();
        recent.get();
        assertThat(seen).containsExactly("bulk");
        assertThat(recent.get().queue("new").pending()).isZero();
    }
}
