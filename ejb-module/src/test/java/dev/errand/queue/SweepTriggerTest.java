package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.SweepTrigger.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTriggerTest {
    private static final long LONG_SECONDS = 60;

    private final SettableClock clock = new SettableClock();
    private final SweepTrigger trigger = new SweepTrigger();

    @BeforeEach
    void wire() {
        trigger.clock = clock;
    }

    @Test
    void requestsThatComeTogetherAreTakenTogether() throws InterruptedException {
        long now = clock.millis();
        trigger.request(now + 300);
        trigger.request(now);
        trigger.request(now + 200);
        trigger.request(now - 100);

        assertThat(trigger.take()).isEqualTo(new Request(false, true, now + 200));
        trigger.request(now + 50);
        assertThat(trigger.take()).isEqualTo(new Request(false, false, now + 50));
    }

    @Test
    void aForcedSearchIsTakenOnceAndKeepsOtherRequests() throws InterruptedException {
        long now = clock.millis();
        trigger.force();
        trigger.request(now + 300);

        assertThat(trigger.take()).isEqualTo(new Request(true, false, now + 300));
        trigger.request(now);
        assertThat(trigger.take()).isEqualTo(new Request(false, true, Long.MAX_VALUE));
    }

    @Test
    void withoutARequestTheSweepWaits() throws Exception {
        CompletableFuture<Request> taken = new CompletableFuture<>();
        Thread sweep = new Thread(() -> {
            try {
                taken.complete(trigger.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        sweep.start();
        while (sweep.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(taken).isNotDone();

        trigger.request(clock.millis());
        assertThat(taken.get(LONG_SECONDS, TimeUnit.SECONDS).now()).isTrue();
    }
}
