package dev.errand.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.LongConsumer;

/** Tells the sweep when to look, without anybody here knowing it. Thread-safe. */
@ApplicationScoped
public class SweepBell {
    private volatile LongConsumer sweep = at -> {};

    public void answeredBy(LongConsumer sweep) {
        this.sweep = sweep;
    }

    /** Some record is due then (milliseconds); now or in the past: look at once, on the caller's thread. */
    public void ring(long at) {
        sweep.accept(at);
    }
}
