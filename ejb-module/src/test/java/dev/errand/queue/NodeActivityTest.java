package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeActivityTest {
    private long nanos = Long.MAX_VALUE - 10;
    private final NodeActivity activity = new NodeActivity();

    @Test
    void aLoopThatHasStoodStillForAMinuteIsNoticed() {
        activity.nanoTime = () -> nanos;
        assertThat(activity.beats()).as("before it begins").isTrue();

        activity.beat();
        activity.looked();
        nanos += NodeActivity.PATIENCE.toNanos() - 1;
        assertThat(activity.beats()).isTrue();
        activity.looked();
        nanos += 1;
        assertThat(activity.beats()).isFalse();
        assertThat(activity.looks()).isTrue();

        activity.beat();
        assertThat(activity.beats()).isTrue();
    }
}
