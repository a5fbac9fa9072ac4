package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.store.QueueRecord;
import dev.errand.store.QueueRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownQueuesTest {
    private final List<QueueRecord> table = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> saved = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private boolean connection;
    private final KnownQueues queues = new KnownQueues();

    {
        queues.clock = clock;
        queues.records = new QueueRecords() {
            @Override
            public List<QueueRecord> all() {
                return table;
            }

            @Override
            public boolean add(String name, long now) {
                if (!connection) {
                    throw new IllegalStateException("no connection");
                }
                if (table.stream().anyMatch(row -> row.name().equals(name))) {
                    return false;
                }
                added.add(name);
                return true;
            }

            @Override
            public void used(Collection<String> names, long now) {
                saved.addAll(names);
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
        assertThatThrownBy(() -> queues.register("new")).hasMessage("no connection");
        assertThatThrownBy(() -> queues.register("new")).hasMessage("no connection");
    }

    @Test
    void aQueueThatAnotherNodeHasAddedInThisMomentIsKnown() {
        table.add(row("held", true));
        table.add(row("new", false));
        connection = true;
        queues.register("new");
        assertThat(queues.isPaused("new")).isFalse();
        queues.register("held");
        assertThat(queues.isPaused("held")).isTrue();
    }

    @Test
    void whetherAQueueIsPausedAddsNone() {
        connection = true;

        assertThat(queues.isPaused("unknown")).isFalse();
        assertThat(added).isEmpty();
    }

    @Test
    void aQueueWhoseRowIsGoneIsAddedAgain() {
        connection = true;
        queues.register("old");
        queues.register("old");
        assertThat(added).containsExactly("old");

        queues.refresh();
        queues.register("old");

        assertThat(added).containsExactly("old", "old");
    }

    /** A node that sends to one queue all the time must not write its row all the time. */
    @Test
    void theUseOfAQueueIsSavedOnceAnHour() {
        connection = true;
        queues.register("busy");
        queues.register("rare");
        queues.saveUse();
        assertThat(saved).as("the row is new").isEmpty();

        clock.forward(KnownQueues.ACCURACY.toMillis());
        queues.register("busy");
        queues.saveUse();
        assertThat(saved).containsExactly("busy");

        queues.saveUse();
        assertThat(saved).as("no task was sent since").containsExactly("busy");
    }
}
