package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.store.TaskRecord;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchGuardTest {
    private final BatchGuard guard = new BatchGuard();

    private static List<TaskRecord> tasks(String... ids) {
        return Stream.of(ids)
                .map(id -> new TaskRecord(id, "t.t", "default", 4, null, null, null, 0, 0, null))
                .toList();
    }

    private boolean idleThenFound(String... ids) {
        guard.idle();
        return guard.leftDue(tasks(ids));
    }

    @Test
    void aTaskThatBatchRunnersLeaveDueAgainAndAgainIsNoticed() {
        for (int look = 1; look < BatchGuard.PATIENCE; look++) {
            assertThat(idleThenFound("a", "b" + look)).isFalse();
        }
        assertThat(idleThenFound("a")).isTrue();
        assertThat(idleThenFound("a")).as("it begins again").isFalse();
    }

    /** With many queues a look may show others each time. */
    @Test
    void theLooksThatFindItNeedNotFollowEachOther() {
        boolean noticed = IntStream.range(0, 3 * BatchGuard.PATIENCE)
                .anyMatch(look -> idleThenFound(look % 3 == 0 ? "a" : "other-" + look));
        assertThat(noticed).isTrue();
    }

    @Test
    void aBatchRunnerThatWorksIsAllThatIsWanted() {
        for (int look = 0; look < 5 * BatchGuard.PATIENCE; look++) {
            assertThat(idleThenFound("a")).isFalse();
            if (look % (BatchGuard.PATIENCE - 1) == 0) {
                guard.worked();
            }
        }
    }

    /** Another node is faster each time: nothing stays due. */
    @Test
    void otherTasksEachTimeAreNoStandstill() {
        for (int look = 0; look < 10 * BatchGuard.PATIENCE; look++) {
            assertThat(idleThenFound("a" + look)).isFalse();
        }
    }

    @Test
    void looksWithoutABatchRunnerBetweenThemCountAsOne() {
        for (int look = 0; look < 10 * BatchGuard.PATIENCE; look++) {
            assertThat(guard.leftDue(tasks("a"))).isFalse();
        }
    }
}
