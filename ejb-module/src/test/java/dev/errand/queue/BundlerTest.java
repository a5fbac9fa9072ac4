package dev.errand.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BundlerTest {
    private static final long NOW = 1_000_000;
    private static final long LEASE_END = NOW + 30_000;
    private static final long MILLI = 1_000_000;

    private final Paces paces = new Paces();
    private final List<TaskMessage> late = new ArrayList<>();
    private final Bundler bundler = new Bundler(paces, late::add);

    @BeforeEach
    void wire() {
        paces.config = new ConfigReader(key -> Optional.empty()).read();
    }

    private void add(int count, String task, int priority) {
        IntStream.range(0, count)
                .forEach(i -> bundler.add(new TaskMessage(task + "-" + i, 1, task, priority, LEASE_END)));
    }

    /** The first run does not count. */
    private void ran(String task, int times, long nanos) {
        paces.ran(task, 1_000 * MILLI, false);
        IntStream.range(0, times).forEach(i -> paces.ran(task, nanos, false));
    }

    private List<TaskMessage> next(int busy) {
        return bundler.next(busy, NOW).orElseThrow().bundle().tasks();
    }

    @Test
    void whatIsNotKnownToBeShortGoesAloneAndAtOnce() {
        ran("slow", 300, 3 * MILLI);
        paces.ran("run once", 1, false);
        add(1, "unknown", 4);
        add(1, "run once", 4);
        add(1, "slow", 4);

        for (int i = 0; i < 3; i++) {
            Bundler.Next next = bundler.next(99, NOW).orElseThrow();
            assertThat(next.bundle().tasks()).hasSize(1);
            assertThat(next.slot()).isFalse();
        }
        assertThat(bundler.next(0, NOW)).isEmpty();
    }

    @Test
    void oneThatComesAloneGoesAloneAndDoesNotWaitForOthers() {
        ran("short", 1, 1);
        add(1, "short", 4);

        assertThat(next(0)).hasSize(1);
        assertThat(bundler.waits()).isFalse();
    }

    @Test
    void whatWaitsIsSharedOutAmongTheFreeSlots() {
        ran("short", 1, 1);
        add(30, "short", 4);

        assertThat(next(0)).hasSize(15);
        assertThat(next(1)).hasSize(15);
        add(9, "short", 4);
        assertThat(bundler.next(2, NOW)).isEmpty();
        assertThat(bundler.waits()).isTrue();
        assertThat(next(1)).hasSize(9);
    }

    @Test
    void aBundleTakesNoLongerThanItsBudget() {
        ran("one milli", 300, MILLI);
        add(1_000, "one milli", 4);
        ran("nothing", 1, 1);

        assertThat(next(0)).hasSize(20);
        assertThat(paces.most("nothing")).isEqualTo(100);
    }

    @Test
    void longerHandlersHaveMoreSlots() {
        ran("nothing", 1, 1);
        ran("one milli", 300, MILLI);
        ran("two millis", 300, 2 * MILLI);

        assertThat(List.of(paces.slots("nothing"), paces.slots("one milli"), paces.slots("two millis")))
                .containsExactly(2, 8, 16);
    }

    @Test
    void theHigherPriorityGoesFirstAndInABundleOfItsOwn() {
        ran("short", 1, 1);
        add(3, "short", 0);
        add(3, "short", 9);

        assertThat(next(1)).hasSize(3).allMatch(task -> task.priority() == 9);
        assertThat(next(1)).hasSize(3).allMatch(task -> task.priority() == 0);
    }

    @Test
    void whoFailsOftenSharesWithFewAndThenWithNobody() {
        IntStream.range(0, 400).forEach(i -> paces.ran("now and then", 1, i % 10 == 0));
        assertThat(paces.most("now and then")).isBetween(2, 12);

        IntStream.range(0, 400).forEach(i -> paces.ran("every other", 1, i % 2 == 0));
        assertThat(paces.most("every other")).isEqualTo(1);
    }

    @Test
    void aSlowRunBarsItsHandlerForAWhileOnly() {
        ran("short", 100, 1);
        paces.ran("short", 500 * MILLI, false);
        assertThat(paces.most("short")).isEqualTo(1);

        IntStream.range(0, 30).forEach(i -> paces.ran("short", 1, false));
        assertThat(paces.most("short")).isEqualTo(1);
        IntStream.range(0, 100).forEach(i -> paces.ran("short", 1, false));
        assertThat(paces.most("short")).isGreaterThan(50);
    }

    @Test
    void aRunThatLostTheProcessorIsNotTakenForASlowOne() {
        IntStream.range(0, 1_000).forEach(i -> paces.ran("short", i % 20 == 0 ? 30 * MILLI : 1, false));
        assertThat(paces.most("short")).isGreaterThan(50);
    }

    @Test
    void aHandlerThatBecomesSlowIsFoundOut() {
        ran("short", 1_000, 1);
        IntStream.range(0, 100).forEach(i -> paces.ran("short", 10 * MILLI, false));
        assertThat(paces.most("short")).isEqualTo(1);
    }

    @Test
    void whatHasWaitedUntilItsLeaseEndsIsLeftToTheSweep() {
        ran("short", 1, 1);
        add(2, "short", 4);
        add(1, "unknown", 4);

        assertThat(bundler.next(0, LEASE_END)).isEmpty();
        assertThat(late).hasSize(3);
        assertThat(bundler.waits()).isFalse();
    }

    @Test
    void longIdsMakeSmallerBundles() {
        ran("short", 1, 1);
        paces.config =
                new ConfigReader(key -> Optional.of("500").filter(max -> key.equals("errand.bundle.max"))).read();
        IntStream.range(0, 500)
                .forEach(i -> bundler.add(new TaskMessage("x".repeat(250) + i, 1, "short", 4, LEASE_END)));

        assertThat(next(1).stream().mapToInt(Bundle::chars).sum()).isLessThan(Bundle.MAX_CHARS);
    }

    @Test
    void withoutBundlesEachGoesAlone() {
        ran("short", 1, 1);
        paces.config = new ConfigReader(key -> Optional.of("1").filter(max -> key.equals("errand.bundle.max"))).read();
        add(5, "short", 4);

        assertThat(next(0)).hasSize(1);
    }
}
