package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long NOW = 100;
    private static final WakeUp A = wakeUp("a", 4, 10);
    private static final WakeUp B = wakeUp("b", 4, 20);

    private final AtomicInteger walks = new AtomicInteger();
    private long nanos;
    private long tookNanos;

    private final Backlog backlog = new Backlog("", () -> nanos);

    private static WakeUp wakeUp(String name, int priority, long at) {
        return new WakeUp(new DueQueue("", name, priority), at, false);
    }

    private boolean walk(WakeUp... found) {
        return backlog.refresh(NOW, () -> {
            walks.incrementAndGet();
            nanos += tookNanos;
            return List.of(found);
        });
    }

    private List<Turn> turns(long now) {
        return backlog.turns(now, Set.of());
    }

    private static Turn turn(int priority, String... queues) {
        return new Turn("", priority, List.of(queues), queues.length);
    }

    @Test
    void aShortWalkIsMadeEachTime() {
        tookNanos = TimeUnit.MICROSECONDS.toNanos(400);

        assertThat(walk(A)).isTrue();
        assertThat(walk(B)).isTrue();
        assertThat(turns(NOW)).containsExactly(turn(4, "b"));
    }

    @Test
    void walksTakeNoMoreThanATwentiethOfTheTime() {
        tookNanos = TimeUnit.MILLISECONDS.toNanos(50);
        assertThat(walk(A)).isTrue();

        nanos += TimeUnit.MILLISECONDS.toNanos(999);
        assertThat(walk(A)).isFalse();
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(walk(A)).isTrue();
    }

    @Test
    void beforeALongWalkALookByTimeIsTried() {
        tookNanos = TimeUnit.MILLISECONDS.toNanos(50);
        assertThat(backlog.isUncertain()).isTrue();
        backlog.begins();
        walk(A);
        assertThat(backlog.isUncertain()).isFalse();

        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(backlog.isUncertain()).isTrue();
        backlog.ends();
        assertThat(backlog.isUncertain()).isTrue();
    }

    @Test
    void aQueueIsDueWhenItsTimeHasComeAndTheHighestPriorityIsFirst() {
        walk(A, wakeUp("c", 9, NOW + 5), wakeUp("d", 0, NOW));

        assertThat(turns(NOW)).containsExactly(turn(4, "a"), turn(0, "d"));
        assertThat(turns(NOW + 5)).containsExactly(turn(9, "c"), turn(4, "a"), turn(0, "d"));
    }

    @Test
    void newQueuesAreAddedAndEmptyOnesLeftOutUntilTheNextWalk() {
        walk(A);
        assertThat(backlog.seenTo()).isEqualTo(NOW - 1);
        backlog.seen(List.of(wakeUp("new", 5, NOW + 1), wakeUp("later", 5, NOW + 9)), NOW + 3);

        assertThat(turns(NOW + 3)).containsExactly(turn(5, "new"), turn(4, "a"));
        assertThat(backlog.seenTo()).isEqualTo(NOW + 2);

        backlog.emptied(A.queue());
        backlog.emptied(new DueQueue("", "unknown", 1));
        assertThat(turns(NOW + 3)).containsExactly(turn(5, "new"));

        walk(A);
        assertThat(turns(NOW)).containsExactly(turn(4, "a"));
    }

    @Test
    void looksByTimeGoOnHoweverManyWakeUpsAreAtOneTime() {
        walk(A);
        backlog.seen(List.of(wakeUp("b", 4, NOW + 1), wakeUp("c", 4, NOW + 1)), NOW + 3);

        assertThat(backlog.seenTo()).isEqualTo(NOW + 1);
    }

    @Test
    void aPausedQueueHasNoTurn() {
        walk(A, new WakeUp(B.queue(), 5, true));

        assertThat(turns(NOW)).containsExactly(turn(4, "a"));
        assertThat(backlog.turns(NOW, Set.of("a"))).isEmpty();
    }

    @Test
    void ofManyQueuesSomeHaveTheirTurn() {
        walk(IntStream.range(0, 5_000).mapToObj(i -> wakeUp("q" + i, 4, 1)).toArray(WakeUp[]::new));

        List<Turn> turns = turns(NOW);
        assertThat(turns).hasSize(Backlog.MOST / Turn.MOST);
        assertThat(turns.get(0).sharers()).isEqualTo(5_000);
        assertThat(turns.stream().flatMap(turn -> turn.queues().stream())).doesNotHaveDuplicates();
        assertThat(turns(NOW).get(0).queues()).isNotEqualTo(turns.get(0).queues());
    }

    @Test
    void oneThreadWalksWhileTheOthersUseTheKeptResult() {
        tookNanos = TimeUnit.MILLISECONDS.toNanos(50);
        walk(A);
        nanos += TimeUnit.SECONDS.toNanos(1);
        backlog.refresh(NOW, () -> {
            assertThat(walk(A)).isFalse();
            return List.of(B);
        });
        assertThat(walks).hasValue(1);
        assertThat(turns(NOW)).containsExactly(turn(4, "b"));
    }

    @Test
    void aWalkThatFailedIsMadeAgain() {
        assertThatThrownBy(() -> backlog.refresh(NOW, () -> {
                    throw new IllegalStateException("no connection");
                }))
                .hasMessage("no connection");

        assertThat(walk(A)).isTrue();
    }
}
