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
        TemporaryStatusException failure = new TemporaryStatusException("busy", Duration.ofMinutes(7));
        TaskRetry retry = (TaskRetry) Retries.decide(failure, task);
        assertThat(retry).hasCause(failure);
        assertThat(retry.countdown()).isEqualTo(Duration.ofMinutes(7));
        assertThat(retry.maxRetries()).isEmpty();
    }

    @Test
    void leavesTheRestToTheRetryPolicy() {
        TemporaryStatusException failure = new TemporaryStatusException("busy", null);
        assertThat(Retries.decide(failure, task)).isSameAs(failure);
        RefusedAddressException refusal = new RefusedAddressException("no");
        assertThat(Retries.decide(refusal, task)).isSameAs(refusal);
    }
}
