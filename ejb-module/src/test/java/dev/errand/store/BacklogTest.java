package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final WakeUp A = new WakeUp(new DueQueue("a", 4), 10, false);
    private static final WakeUp B = new WakeUp(new DueQueue("b", 4), 20, false);

    private final AtomicInteger walks = new AtomicInteger();
    private long nanos;
    private long tookNanos;

    private final Backlog backlog = new Backlog(() -> nanos);

    private List<WakeUp> walk() {
        walks.incrementAndGet();
        nanos += tookNanos;
        return List.of(A);
    }

    @Test
    void aShortWalkIsMadeEachTime() {
        tookNanos = TimeUnit.MICROSECONDS.toNanos(400);

        assertThat(backlog.refresh(this::walk)).isTrue();
        assertThat(backlog.refresh(this::walk)).isTrue();
        assertThat(backlog.wakeUps()).containsExactly(A);
    }

    @Test
    void walksTakeNoMoreThanATwentiethOfTheTime() {
        tookNanos = TimeUnit.MILLISECONDS.toNanos(50);
        assertThat(backlog.refresh(this::walk)).isTrue();

        nanos += TimeUnit.MILLISECONDS.toNanos(999);
        assertThat(backlog.refresh(this::walk)).isFalse();
        nanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(backlog.refresh(this::walk)).isTrue();
    }

    @Test
    void meanwhileNewQueuesAreAddedAndEmptyOnesLeftOut() {
        backlog.refresh(this::walk);
        backlog.add(List.of(B, new WakeUp(A.queue(), 5, false), new WakeUp(B.queue(), 30, false)));
        assertThat(backlog.wakeUps()).containsExactlyInAnyOrder(new WakeUp(A.queue(), 5, false), B);

        backlog.emptied(B.queue());
        assertThat(backlog.wakeUps()).containsExactly(new WakeUp(A.queue(), 5, false));

        backlog.refresh(this::walk);
        assertThat(backlog.wakeUps()).containsExactly(A);
    }

    @Test
    void oneThreadWalksWhileTheOthersUseWhatIsKept() {
        backlog.refresh(this::walk);
        backlog.refresh(() -> {
            assertThat(backlog.refresh(this::walk)).isFalse();
            return List.of(B);
        });
        assertThat(walks).hasValue(1);
        assertThat(backlog.wakeUps()).containsExactly(B);
    }

    @Test
    void aWalkThatFailedIsMadeAgain() {
        backlog.refresh(this::walk);
        assertThatThrownBy(() -> backlog.refresh(() -> {
                    throw new IllegalStateException("no connection");
                }))
                .hasMessage("no connection");

        assertThat(backlog.refresh(this::walk)).isTrue();
    }
}
