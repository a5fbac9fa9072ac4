package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.queue.SettableClock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RestartLimitsTest {
    private final SettableClock clock = new SettableClock();
    private final RestartLimits limits = new RestartLimits(clock);

    @Nested
    class Refused_calls {
        private static final long HALF_A_SECOND = 500;
        private static final long RUNS = RestartLimits.REFUSAL_PATIENCE.toMillis() / HALF_A_SECOND;

        private void refuse(long times) {
            for (long i = 0; i < times; i++) {
                assertThat(limits.allowRefusal("one")).as("refusal " + i).isTrue();
                clock.forward(HALF_A_SECOND);
            }
        }

        @Test
        void patience_ends() {
            refuse(RUNS);

            assertThat(limits.allowRefusal("one")).isFalse();
            assertThat(limits.allowRefusal("one")).isFalse();
        }

        @Test
        void each_handler_is_counted_by_itself() {
            refuse(RUNS);

            assertThat(limits.allowRefusal("two")).isTrue();
        }

        @Test
        void counting_restarts_after_calls_that_were_not_refused() {
            refuse(RUNS);
            clock.forward(RestartLimits.REFUSAL_GAP.toMillis() + 1);

            refuse(RUNS);
        }
    }

    @Nested
    class Unexplained_commits {
        private boolean again() {
            return limits.allowUnexplainedCommit("a", 1);
        }

        private void tryAllButTheLast() {
            for (int i = 1; i < RestartLimits.COMMIT_TRIES; i++) {
                assertThat(again()).isTrue();
            }
        }

        @Test
        void a_run_starts_again_a_few_times() {
            tryAllButTheLast();

            assertThat(again()).isFalse();
        }

        @Test
        void each_run_is_counted_by_itself() {
            tryAllButTheLast();

            assertThat(limits.allowUnexplainedCommit("a", 2)).isTrue();
            assertThat(limits.allowUnexplainedCommit("b", 1)).isTrue();
        }

        @Test
        void the_oldest_runs_are_forgotten() {
            tryAllButTheLast();
            IntStream.range(0, RestartLimits.RUNS_KEPT).forEach(i -> limits.allowUnexplainedCommit("other " + i, 1));

            assertThat(again()).isTrue();
        }
    }
}
