package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.Fuse;
import dev.errand.api.InvalidDeploymentException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FuseRuleTest {
    @Fuse
    private static final class Defaults {}

    @Fuse(failures = 0)
    private static final class NoFailures {}

    @Fuse(within = "soon")
    private static final class NoDuration {}

    @Fuse(within = "P2D")
    private static final class TooLong {}

    @Fuse(retryAfter = "PT0.5S")
    private static final class TooOften {}

    private static FuseRule rule(Class<?> type) {
        return FuseRule.of(type.getAnnotation(Fuse.class), "t.t", "The class " + type.getSimpleName());
    }

    private static void refused(Class<?> type, String member) {
        assertThatThrownBy(() -> rule(type))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContainingAll(type.getSimpleName(), "@Fuse", member);
    }

    @Test
    void aWrongValueIsRefusedWithTheClass() {
        assertThat(rule(Defaults.class))
                .isEqualTo(new FuseRule("t.t", 10, Duration.ofMinutes(1), Duration.ofMinutes(5)));
        refused(NoFailures.class, "failures = 0");
        refused(NoDuration.class, "within");
        refused(TooLong.class, "within = \"P2D\"");
        refused(TooOften.class, "retryAfter = \"PT0.5S\"");
    }
}
