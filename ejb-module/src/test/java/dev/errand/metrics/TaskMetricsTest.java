package dev.errand.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {
    private final TaskMetrics metrics = new TaskMetrics();

    @Test
    void countsTasksAndRunsByNameAndOutcome() {
        metrics.sent("mail.send", 3);
        metrics.ended("mail.send", "SUCCESS", 2);
        metrics.ended("mail.send", "RETRY", 1);

        assertThat(metrics.text())
                .contains("errand_tasks_sent_total{task=\"mail.send\"} 3.0")
                .contains("errand_runs_total{outcome=\"SUCCESS\",task=\"mail.send\"} 2.0")
                .contains("errand_runs_total{outcome=\"RETRY\",task=\"mail.send\"} 1.0");
    }

    @Test
    void measuresDelayAndDurationInSeconds() {
        metrics.called("mail.send", Duration.ofMillis(20), Duration.ofMillis(1_500));

        assertThat(metrics.text())
                .contains("errand_start_delay_seconds_bucket{task=\"mail.send\",le=\"0.005\"} 0")
                .contains("errand_start_delay_seconds_bucket{task=\"mail.send\",le=\"0.025\"} 1")
                .contains("errand_run_duration_seconds_sum{task=\"mail.send\"} 1.5");
    }

    @Test
    void aTaskThatStartsBeforeItsTimeByAClockThatWasSetHasNoDelay() {
        metrics.called("mail.send", Duration.ofSeconds(-5), Duration.ZERO);

        assertThat(metrics.text()).contains("errand_start_delay_seconds_sum{task=\"mail.send\"} 0.0");
    }

    @Test
    void madeUpNamesShareTheMetersOfOther() {
        for (int i = 0; i < TaskMetrics.MOST_TASKS + 500; i++) {
            metrics.sent("made.up" + i, 1);
        }

        assertThat(metrics.text().lines().filter(line -> line.startsWith("errand_tasks_sent_total")))
                .hasSize(TaskMetrics.MOST_TASKS + 1)
                .contains("errand_tasks_sent_total{task=\"other\"} 500.0");
    }

    @Test
    void aHostileNameIsEscaped() {
        metrics.sent("a\"} 7\nerrand_runs_total{task=\"b", 1);

        assertThat(metrics.text()).contains("{task=\"a\\\"} 7\\nerrand_runs_total{task=\\\"b\"} 1.0");
    }
}
