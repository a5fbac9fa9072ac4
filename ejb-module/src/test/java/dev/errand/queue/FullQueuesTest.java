package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.QueueFullException;
import dev.errand.api.QueueSettings;
import dev.errand.store.QueueRecords;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullQueuesTest {
    private final Map<String, QueueSettings> settings = new HashMap<>();
    private final FullQueues full = new FullQueues();
    private long pending;
    private int counts;

    @BeforeEach
    void wire() {
        full.records = new QueueRecords() {
            @Override
            public long pending(String queue, long most) {
                counts++;
                return Math.min(pending, most);
            }
        };
        full.switches = new Switches() {
            @Override
            public State recent() {
                return new State(Map.copyOf(settings), Map.of());
            }
        };
    }

    @Test
    void aQueueWithoutALimitIsNotCounted() {
        full.admit("mail", 1_000_000);
        assertThat(full.isFull("mail")).isFalse();
        assertThat(counts).isZero();
    }

    @Test
    void manySendsShareACountAndNoneGoesBeyondTheLimit() {
        settings.put("mail", QueueSettings.none().maxPending(1_000L));
        pending = 10;
        for (int i = 0; i < 990; i++) {
            full.admit("mail", 1);
        }
        assertThatThrownBy(() -> full.admit("mail", 1))
                .isInstanceOf(QueueFullException.class)
                .hasMessageContainingAll("\"mail\"", "1000");
        assertThat(counts).isLessThan(20);
    }

    @Test
    void aSendOfManyIsAdmittedAsAWholeOrNotAtAll() {
        settings.put("mail", QueueSettings.none().maxPending(10L));
        pending = 4;
        assertThatThrownBy(() -> full.admit("mail", 7)).isInstanceOf(QueueFullException.class);
        full.admit("mail", 6);
        assertThat(full.isFull("mail")).isTrue();
    }
}
