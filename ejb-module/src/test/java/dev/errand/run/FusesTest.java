package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handler.FuseRule;
import dev.errand.handler.FuseRules;
import dev.errand.queue.SettableClock;
import dev.errand.queue.Switches;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.database.DatabaseMonitor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FusesTest {
    private final SettableClock clock = new SettableClock();
    private final Map<String, Hold> holds = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Fuses fuses = new Fuses();
    private long failures;

    @BeforeEach
    void wire() {
        fuses.clock = clock;
        fuses.rules =
                new FuseRules().of(Map.of("t.t", new FuseRule("t.t", 3, Duration.ofMinutes(1), Duration.ofMinutes(5))));
        fuses.switches = new Switches() {
            @Override
            public State current() {
                return new State(Map.of(), Map.copyOf(holds));
            }

            @Override
            public State refresh() {
                calls.add("refresh");
                return current();
            }
        };
        fuses.records = new HandlerRecords() {
            @Override
            public long failed(String task, String error, long now, long since) {
                calls.add("failed " + error);
                assertThat(now - since).isEqualTo(60_000);
                return ++failures;
            }

            @Override
            public boolean blow(String task, String error, long now, long probeAt) {
                calls.add("blow " + (probeAt - now));
                return true;
            }

            @Override
            public boolean probeFailed(String task, String id, long next) {
                calls.add("probe failed " + (next - clock.millis()));
                return true;
            }

            @Override
            public boolean close(String task, String id, long now) {
                calls.add("close");
                return true;
            }
        };
        fuses.monitor = new DatabaseMonitor() {
            @Override
            public boolean isCauseOf(Throwable error) {
                return true;
            }
        };
    }

    private void fails(String task, String id) {
        fuses.ended(task, id, new Outcome.Failure(new IOException()));
    }

    private void blown(String probe) {
        holds.put("t.t", new Hold("t.t", false, null, null, 1L, "A", 1L, probe));
    }

    @Test
    void aTaskWithoutAFuseCostsNothing() {
        fails("t.other", "a");
        fuses.succeeded("t.other", "a");
        fuses.succeeded("t.t", "a");
        assertThat(calls).isEmpty();
    }

    @Test
    void theFuseBlowsAtTheNumberOfFailures() {
        fails("t.t", "a");
        fuses.ended("t.t", "b", new Outcome.Retry(Instant.EPOCH, new IOException(), null));
        assertThat(calls).doesNotContain("blow 300000");
        fails("t.t", "c");
        assertThat(calls)
                .containsExactly(
                        "failed java.io.IOException",
                        "failed java.io.IOException",
                        "failed java.io.IOException",
                        "blow 300000",
                        "refresh");
    }

    @Test
    void anOutcomeThatIsNoFailureDoesNotCount() {
        fuses.ended("t.t", "a", new Outcome.Revoked());
        fuses.ended("t.t", "a", new Outcome.Snoozed(Instant.EPOCH));
        fuses.ended("t.t", "a", new Outcome.Restart(new IOException()));
        assertThat(calls).isEmpty();
    }

    @Test
    void theProbeDecides() {
        blown("probe");
        fails("t.t", "late");
        fuses.succeeded("t.t", "late");
        assertThat(calls).as("runs that were under way").isEmpty();

        fails("t.t", "probe");
        assertThat(calls).containsExactly("probe failed 300000", "refresh");
        calls.clear();
        fuses.succeeded("t.t", "probe");
        assertThat(calls).containsExactly("close", "refresh");
    }

    @Test
    void anErrorOfTheDatabaseChangesNoOutcome() {
        fuses.records = new HandlerRecords() {
            @Override
            public long failed(String task, String error, long now, long since) {
                throw new IllegalStateException("away");
            }
        };
        fails("t.t", "a");
    }
}
