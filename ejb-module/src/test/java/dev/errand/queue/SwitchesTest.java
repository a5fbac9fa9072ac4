package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.QueueSettings;
import dev.errand.store.HandlerRecords;
import dev.errand.store.HandlerRecords.Hold;
import dev.errand.store.QueueRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SwitchesTest {
    private final SettableClock clock = new SettableClock();
    private final Map<String, QueueSettings> settings = new HashMap<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<Long> requests = new ArrayList<>();
    private final Switches switches = new Switches();
    private int reads;

    @BeforeEach
    void wire() {
        switches.clock = clock;
        switches.queues = new QueueRecords() {
            @Override
            public Map<String, QueueSettings> settings() {
                reads++;
                return Map.copyOf(settings);
            }
        };
        switches.handlers = new HandlerRecords() {
            @Override
            public List<Hold> holds() {
                return List.copyOf(holds);
            }
        };
        switches.sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
    }

    private static Hold paused() {
        return new Hold("t.t", true, "ann", 1L, null, null, null, null);
    }

    private Hold blown(String probe) {
        return new Hold("t.t", false, null, null, 1L, "A", clock.millis() + 1_000, probe);
    }

    @Test
    void aLookReadsTheTablesOnlyIfTheValuesAreOld() {
        for (int i = 0; i < 1_000; i++) {
            switches.current();
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void anIdleNodeReadsNothing() {
        switches.current();
        switches.eachSecond();
        assertThat(reads).isEqualTo(2);
        switches.eachSecond();
        switches.eachSecond();
        assertThat(reads).as("no look since").isEqualTo(2);
    }

    @Test
    void theSweepLooksAfterAChangeAndLetsGoWhatIsNoLongerPaused() {
        holds.add(paused());
        assertThat(switches.current().holds("t.t", "a")).isTrue();
        assertThat(switches.current().holds("t.other", "a")).isFalse();
        assertThat(switches.takeLetGo()).isFalse();

        holds.clear();
        switches.eachSecond();

        assertThat(requests).containsExactly(clock.millis());
        assertThat(switches.current().holds("t.t", "a")).isFalse();
        assertThat(switches.takeLetGo()).isTrue();
        assertThat(switches.takeLetGo()).isFalse();
    }

    @Test
    void aBlownFuseHoldsAllButItsProbe() {
        holds.add(blown("probe"));
        assertThat(switches.current().holds("t.t", "a")).isTrue();
        assertThat(switches.current().holds("t.t", "probe")).isFalse();
        assertThat(switches.isProbeDue()).isFalse();
        clock.forward(1_000);
        assertThat(switches.isProbeDue()).isTrue();
        switches.eachSecond();
        assertThat(requests).contains(clock.millis());
    }
}
