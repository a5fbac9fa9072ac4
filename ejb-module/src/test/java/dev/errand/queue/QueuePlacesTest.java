package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.QueueSettings;
import dev.errand.config.ConfigReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuePlacesTest {
    private static final long LEASE = 30_000;

    private final SettableClock clock = new SettableClock();
    private final Map<String, QueueSettings> settings = new HashMap<>();
    private final List<Long> requests = new ArrayList<>();
    private final QueuePlaces places = new QueuePlaces();
    private final InFlight inFlight = new InFlight();

    @BeforeEach
    void wire() {
        SweepTrigger sweep = new SweepTrigger() {
            @Override
            public void request(long at) {
                requests.add(at);
            }
        };
        inFlight.clock = clock;
        inFlight.sweep = sweep;
        inFlight.places = places;
        places.clock = clock;
        places.sweep = sweep;
        places.inFlight = inFlight;
        places.concurrency = new Concurrency(new ConfigReader(key -> Optional.empty()).read());
        places.concurrency.limit(4);
        places.batches = new BatchRunners();
        places.batches.clock = clock;
        places.switches = new Switches() {
            @Override
            public State recent() {
                return new State(Map.copyOf(settings), Map.of());
            }
        };
    }

    /** Leases as many tasks as there are places, and returns their number. */
    private int lease(String queue) {
        int taken = 0;
        while (taken < 100 && places.take(queue + taken, queue, clock.millis() + LEASE)) {
            inFlight.put(queue + taken, clock.millis() + LEASE);
            taken++;
        }
        return taken;
    }

    @Test
    void withoutSettingsThereIsNoLimit() {
        assertThat(lease("mail")).isEqualTo(100);
        assertThat(places.room("mail")).isEqualTo(Integer.MAX_VALUE);
        inFlight.done("mail0");
        assertThat(requests).isEmpty();
    }

    @Test
    void noMoreTasksOfAQueueAreLeasedThanItsConcurrency() {
        settings.put("mail", QueueSettings.none().concurrency(2));
        assertThat(lease("mail")).isEqualTo(2);
        assertThat(places.room("mail")).isZero();
        assertThat(places.room("other")).isPositive();

        inFlight.done("mail0");
        assertThat(requests).as("the sweep fills the place").containsExactly(clock.millis());
        assertThat(places.room("mail")).isEqualTo(1);
    }

    @Test
    void noMoreTasksOfAQueueStartThanItsConcurrencyWhateverWasLeased() {
        settings.put("mail", QueueSettings.none().concurrency(2));
        assertThat(places.enter("mail")).isTrue();
        assertThat(places.enter("mail")).isTrue();
        assertThat(places.enter("mail")).isFalse();
        assertThat(places.enter("other")).isTrue();
        assertThat(places.room("mail")).isZero();
        places.leave("mail");
        assertThat(places.enter("mail")).isTrue();
    }

    @Test
    void otherQueuesLeaveTheReservedPlacesFree() {
        settings.put("urgent", QueueSettings.none().reserved(1));
        assertThat(lease("bulk")).isEqualTo(3);
        assertThat(lease("urgent")).isEqualTo(1);

        inFlight.done("bulk0");
        assertThat(places.room("bulk")).as("the reserved place is in use").isEqualTo(1);
        inFlight.done("urgent0");
        assertThat(places.room("bulk")).isEqualTo(1);
        assertThat(places.room("urgent")).isEqualTo(2);
    }

    @Test
    void onePlaceStaysForAllQueuesWhateverIsReserved() {
        settings.put("urgent", QueueSettings.none().reserved(100));
        assertThat(places.room("bulk")).isEqualTo(1);
        assertThat(places.forBatches()).isEqualTo(1);
    }

    @Test
    void batchRunnersLeaveTheReservedPlacesFree() {
        assertThat(places.forBatches()).isEqualTo(4);
        settings.put("urgent", QueueSettings.none().reserved(1));
        assertThat(places.forBatches()).isEqualTo(3);
        lease("bulk");
        assertThat(places.forBatches()).isZero();
    }

    @Test
    void aLostMessageGivesItsPlaceBackWithItsLease() {
        settings.put("mail", QueueSettings.none().concurrency(1));
        lease("mail");
        clock.forward(LEASE);
        inFlight.room();
        assertThat(places.room("mail")).isEqualTo(1);
    }
}
