package dev.errand.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import dev.errand.queue.SettableClock;
import dev.errand.store.DueRecords;
import dev.errand.store.PlaceRecords;
import dev.errand.store.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeRestartTest {
    private final List<TaskRecord> held = new ArrayList<>();
    private boolean forgotten;
    private boolean freed;

    /** All of them in one transaction would run into its time-out, and so would the next start. */
    @Test
    void whereEachStatementTakesLongAChunkIsSmall() {
        IntStream.range(0, 5)
                .mapToObj(i -> new TaskRecord("t-" + i, "t.t", "default", 4, null, null, null, 0, 0, null))
                .forEach(held::add);
        NodeRestart restart = new NodeRestart();
        restart.work = java.time.Duration.ofMillis(20);
        restart.clock = new SettableClock();
        restart.config = new ConfigReader(key -> Optional.empty()).read();
        restart.due = new DueRecords() {
            @Override
            public List<TaskRecord> lockHeldBy(String node, long now, int limit) {
                return List.copyOf(held);
            }

            @Override
            public List<String> runningOn(String node) {
                return List.of();
            }

            @Override
            public void forgetRunningOn(String node) {
                forgotten = true;
            }
        };
        restart.places = new PlaceRecords() {
            @Override
            public void freeAll(String node) {
                freed = true;
            }
        };
        restart.lostRuns = new LostRuns() {
            @Override
            void inFlight(TaskRecord record, boolean ran, long now) {
                try {
                    Thread.sleep(15);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                held.remove(record);
            }
        };

        while (!held.isEmpty()) {
            assertThat(restart.release()).isBetween(1, 2);
        }
        assertThat(forgotten).as("some may be left").isFalse();
        assertThat(restart.release()).isZero();
        assertThat(forgotten).isTrue();
        assertThat(freed).as("its runs have ended with it").isTrue();
    }
}
