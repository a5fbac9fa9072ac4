package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.HandlerInfo;
import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.NotRetried;
import dev.errand.api.RetryPolicy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @RetryPolicy
    private static final class Empty {}

    @RetryPolicy(maxRetries = -2)
    private static final class BadRetries {}

    @RetryPolicy(backoff = 0.5)
    private static final class ShrinkingBackoff {}

    @RetryPolicy(backoff = Double.NaN)
    private static final class NoBackoff {}

    @RetryPolicy(backoff = Double.POSITIVE_INFINITY)
    private static final class InfiniteBackoff {}

    @RetryPolicy(countdown = "3 minutes")
    private static final class BadCountdown {}

    @RetryPolicy(countdown = "-PT3M")
    private static final class NegativeCountdown {}

    @RetryPolicy(maxCountdown = "")
    private static final class EmptyMaxCountdown {}

    @RetryPolicy(countdown = "PT10M", maxCountdown = "PT1M")
    private static final class CapBelowCountdown {}

    @RetryPolicy(countdown = "PT0S", maxCountdown = "PT0S", maxRetries = 0)
    private static final class Edges {}

    @RetryPolicy(
            countdowns = {"PT1S", "PT5M", "PT10S"},
            maxRetries = 5)
    private static final class Listed {}

    @RetryPolicy(countdowns = {"PT1S", "soon"})
    private static final class BadInList {}

    @RetryPolicy(countdowns = "PT1S", countdown = "PT2S")
    private static final class ListAndCountdown {}

    @RetryPolicy(countdowns = "PT1S", backoff = 2)
    private static final class ListAndBackoff {}

    @RetryPolicy(countdowns = "PT1S", maxCountdown = "PT2H")
    private static final class ListAndMaxCountdown {}

    @NotRetried
    private static final class Hopeless extends RuntimeException {}

    @RetryPolicy(on = Hopeless.class)
    private static final class OnHopeless {}

    private static Policy of(Class<?> type) {
        return Policy.of(type.getAnnotation(RetryPolicy.class), "The class X in x.jar");
    }

    @Test
    void withoutAnAnnotationCelerysDefaultsHoldAndNothingIsRetriedByItself() {
        Policy policy = Policy.of(null, "The class X in x.jar");

        assertThat(policy.maxRetries()).isEqualTo(3);
        assertThat(policy.countdown()).isEqualTo(Duration.ofMinutes(3));
        assertThat(policy.backoff()).isEqualTo(1.0);
        assertThat(policy.jitter()).isFalse();
        assertThat(policy.retries(new IOException())).isFalse();
    }

    @Test
    void anAnnotationThatSaysNothingIsTheSameAsNone() {
        assertThat(of(Empty.class)).isEqualTo(Policy.NONE);
    }

    @Test
    void theEdgesAreAllowed() {
        assertThat(of(Edges.class).countdown()).isZero();
    }

    @Test
    void onAndExceptMeanSubclassesToo() {
        Policy policy = new Policy(
                List.of(IOException.class),
                List.of(FileNotFoundException.class),
                3,
                Duration.ZERO,
                1,
                Duration.ZERO,
                false,
                List.of());

        assertThat(policy.retries(new IOException())).isTrue();
        assertThat(policy.retries(new java.net.ConnectException())).isTrue();
        assertThat(policy.retries(new FileNotFoundException())).isFalse();
        assertThat(policy.retries(new Exception())).isFalse();
        assertThat(policy.retries(new RuntimeException(new IOException()))).isFalse();
    }

    @Test
    void aListOfWaitsTellsTheFirstAndTheLongest() {
        assertThat(of(Listed.class).info())
                .isEqualTo(new HandlerInfo.Policy(
                        List.of(),
                        List.of(),
                        5,
                        Duration.ofSeconds(1),
                        1,
                        Duration.ofMinutes(5),
                        false,
                        List.of(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofSeconds(10))));
    }

    @Test
    void aValueThatCannotBeIsRefusedWithTheClassTheMemberAndTheValue() {
        refused(BadRetries.class, "maxRetries = -2", "-1 for no limit");
        refused(ShrinkingBackoff.class, "backoff = 0.5", "1.0 or more");
        refused(NoBackoff.class, "backoff = NaN");
        refused(InfiniteBackoff.class, "backoff = Infinity");
        refused(BadCountdown.class, "countdown = \"3 minutes\"", "ISO-8601");
        refused(NegativeCountdown.class, "countdown = \"-PT3M\"");
        refused(EmptyMaxCountdown.class, "maxCountdown = \"\"");
        refused(CapBelowCountdown.class, "maxCountdown = PT1M", "PT10M");
        refused(BadInList.class, "countdowns", "\"soon\"", "ISO-8601");
        refused(ListAndCountdown.class, "countdowns", "countdown = \"PT2S\"");
        refused(ListAndBackoff.class, "countdowns", "backoff = 2.0");
        refused(ListAndMaxCountdown.class, "countdowns", "maxCountdown = \"PT2H\"");
        refused(OnHopeless.class, "Hopeless", "@NotRetried");
    }

    private static void refused(Class<?> type, String... parts) {
        assertThatThrownBy(() -> of(type))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageStartingWith("The class X in x.jar")
                .hasMessageContainingAll(parts);
    }
}
