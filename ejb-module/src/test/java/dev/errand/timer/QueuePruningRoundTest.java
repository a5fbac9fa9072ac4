package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.store.QueueRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueuePruningRoundTest {
    private final List<String> asked = new ArrayList<>();
    private int queues;
    private boolean fails;

    private final QueueRecords records = new QueueRecords() {
        @Override
        public Looked prune(String after, long usedBefore, Set<String> kept, int limit) {
            assertThat(usedBefore).isEqualTo(42);
            asked.add(after);
            assertThat(kept).containsExactly("default");
            if (fails) {
                throw new IllegalStateException("as the test says");
            }
            int looked = Math.min(queues, limit);
            queues -= looked;
            return new Looked(looked, "left " + queues, 1);
        }
    };

    private final QueuePruningRound round = new QueuePruningRound(records, 42, Set.of("default"));

    @Test
    void continuesAfterTheLastQueueOfAChunkUntilOneIsNotFull() {
        queues = 2 * QueuePruningRound.CHUNK + 1;
        while (!round.isFinished()) {
            round.next();
        }
        assertThat(asked).containsExactly("", "left " + (QueuePruningRound.CHUNK + 1), "left 1");
    }

    @Test
    void aFailureEndsTheRound() {
        fails = true;
        assertThatThrownBy(round::next).hasMessage("as the test says");
        assertThat(round.isFinished()).isTrue();
    }
}
