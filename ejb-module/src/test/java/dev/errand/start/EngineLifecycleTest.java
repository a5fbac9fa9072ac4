package dev.errand.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineLifecycleTest {
    /** A node without the handler parks them as fast as this one takes them up: its start must come to an end. */
    @Test
    void aStartDoesNotWaitUntilNothingIsParkedAnyMore() {
        AtomicInteger left = new AtomicInteger(1_200);
        int unparked = EngineLifecycle.untilFewerThan(500, () -> {
            int chunk = Math.min(500, left.get());
            left.addAndGet(-chunk);
            // some more are parked meanwhile
            left.addAndGet(30);
            return chunk;
        });
        assertThat(unparked).isEqualTo(1_260);
    }

    @Test
    void theTasksOfTheNodeAreReleasedUntilNoneIsLeft() {
        AtomicInteger left = new AtomicInteger(2);
        assertThat(EngineLifecycle.untilFewerThan(1, () -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? 1 : 0))
                .isEqualTo(2);
        assertThat(left).hasValue(0);
    }
}
