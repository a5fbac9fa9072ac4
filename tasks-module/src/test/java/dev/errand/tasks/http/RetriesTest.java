package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.TaskRetry;
import dev.errand.tasks.FakeTaskContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final FakeTaskContext task = new FakeTaskContext();

    @Test
    void givesAnUnknownHostThreeMoreChances() {
        UnresolvedHostException failure = new UnresolvedHostException("no such host", null);
        task.retries = 2;
        assertThat(Retries.decide(failure, task)).isInstanceOf(TaskRetry.class).hasCause(failure);
        task.retries = 3;
        assertThat(Retries.decide(failure, task)).isSameAs(failure);
    }

    @Test
    void obeysRetryAfterAndLeavesTheLimitToTheSender() {
        TemporaryStatusException failure = new TemporaryStatusException("busy", 503, Duration.ofMinutes(7));
        TaskRetry retry = (TaskRetry) Retries.decide(failure, task);
        assertThat(retry).hasCause(failure);
        assertThat(retry.countdown()).isEqualTo(Duration.ofMinutes(7));
        assertThat(retry.maxRetries()).isEmpty();
    }

    @Test
    void leavesTheRestToTheRetryPolicy() {
        TemporaryStatusException failure = new TemporaryStatusException("busy", 503, null);
        assertThat(Retries.decide(failure, task)).isSameAs(failure);
        RefusedAddressException refusal = new RefusedAddressException("no");
        assertThat(Retries.decide(refusal, task)).isSameAs(refusal);
    }

    @Test
    void aSubscriberMayBeAwayForThreeDays() {
        TemporaryStatusException failure = new TemporaryStatusException("busy", 503, Duration.ofMinutes(7));
        Duration all = Duration.ZERO;
        for (task.retries = 0; task.retries < 9; task.retries++) {
            TaskRetry retry = (TaskRetry) Retries.decideOverDays(failure, task);
            assertThat(retry.maxRetries()).hasValue(9);
            assertThat(retry.countdown()).isGreaterThanOrEqualTo(Duration.ofMinutes(7));
            all = all.plus(retry.countdown());
        }
        assertThat(all).isBetween(Duration.ofDays(3), Duration.ofDays(4));

        UnresolvedHostException unknown = new UnresolvedHostException("no such host", null);
        task.retries = 0;
        assertThat(((TaskRetry) Retries.decideOverDays(unknown, task)).countdown())
                .isEqualTo(Duration.ofSeconds(5));
        FailedStatusException refusal = new FailedStatusException("no");
        assertThat(Retries.decideOverDays(refusal, task)).isSameAs(refusal);
    }
}
