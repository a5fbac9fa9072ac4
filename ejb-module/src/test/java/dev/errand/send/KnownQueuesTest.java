package dev.errand.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownQueuesTest {
    private final List<QueueRecord> table = new ArrayList<>();
    private final KnownQueues queues = new KnownQueues();

    {
        queues.records = new QueueRecords() {
            @Override
            public List<QueueRecord> all() {
                return table;
            }

            @Override
            public boolean add(String name) {
                if (table.isEmpty()) {
                    throw new IllegalStateException("no connection");
                }
                return false;
            }
        };
    }

    private static QueueRecord row(String name, boolean paused) {
        return new QueueRecord() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean paused() {
                return paused;
            }
        };
    }

    @Test
    void aQueueThatCouldNotBeAddedIsNotTakenForKnown() {
        assertThatThrownBy(() -> queues.paused("new")).hasMessage("no connection");
        assertThatThrownBy(() -> queues.paused("new")).hasMessage("no connection");
    }

    @Test
    void aQueueThatAnotherNodeHasAddedInThisMomentIsKnown() {
        table.add(row("held", true));
        table.add(row("new", false));
        assertThat(queues.paused("new")).isFalse();
        assertThat(queues.paused("held")).isTrue();
    }
}
