package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskState;
import dev.errand.config.ConfigReader;
import dev.errand.store.OldRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PruningRoundTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final long WEEK = Duration.ofDays(7).toMillis();

    private final List<String> asked = new ArrayList<>();
    private int successes;
    private boolean failuresBreak;

    private final OldRecords records = new OldRecords() {
        @Override
        public Pruned prune(TaskState state, long createdFrom, long endedBefore, int limit) {
            asked.add(state + (createdFrom == Long.MIN_VALUE ? "" : " from " + createdFrom));
            if (state == TaskState.FAILURE && failuresBreak) {
                throw new IllegalStateException("as the test says");
            }
            if (state != TaskState.SUCCESS) {
                return new Pruned(0, createdFrom);
            }
            assertThat(endedBefore).isEqualTo(NOW - WEEK);
            int tasks = Math.min(successes, limit);
            successes -= tasks;
            return new Pruned(tasks, successes);
        }
    };

    private final PruningRound round = new PruningRound(records, new ConfigReader(key -> Optional.empty()).read(), NOW);

    @Test
    void goesOnWhereTheLastChunkHasEndedUntilOneIsNotFull() {
        successes = 2 * PruningRound.CHUNK + 1;
        while (!round.isFinished()) {
            round.next();
        }
        assertThat(asked)
                .containsExactly(
                        "SUCCESS", "SUCCESS from " + (PruningRound.CHUNK + 1), "SUCCESS from 1", "FAILURE", "REVOKED");
    }

    @Test
    void aFailureDoesNotPreventThePruningOfOtherStates() {
        failuresBreak = true;
        round.next();
        assertThatThrownBy(round::next).hasMessage("as the test says");
        round.next();
        assertThat(round.isFinished()).isTrue();
        assertThat(asked).containsExactly("SUCCESS", "FAILURE", "REVOKED");
    }
}
