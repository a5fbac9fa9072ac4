package dev.errand.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.handler.Handler;
import dev.errand.handler.Policy;
import dev.errand.queue.SettableClock;
import dev.errand.store.RunReports;
import dev.errand.store.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunningTaskTest {
    private final RunningTask run = new RunningTask(
            new TaskRecord("a", "a.b", "default", 4, null, null, "{\"secret\":\"hunter2\"}", 0, 0, null),
            new Handler("a.b", "A", "m", "default", 4, null, String.class, true, Policy.NONE, () -> null),
            new SettableClock(),
            Set.of("secret"));

    private final List<RunReports.Line> written = new ArrayList<>();

    private static RunningTask of(TaskRecord record) {
        return new RunningTask(
                record,
                new Handler(
                        "a.b",
                        "A",
                        "m",
                        "default",
                        4,
                        Duration.ofMinutes(5),
                        String.class,
                        true,
                        Policy.NONE,
                        () -> null),
                new SettableClock(),
                Set.of());
    }

    @Test
    void theSendersTimeLimitTakesPrecedence() {
        TaskRecord record = new TaskRecord("a", "a.b", "default", 4, null, null, null, 0, 0, null);
        assertThat(of(record).timeLimit()).isEqualTo(Duration.ofMinutes(5));

        record.timeLimit(7_000L);
        RunningTask limited = of(record);
        assertThat(limited.timeLimit()).isEqualTo(Duration.ofSeconds(7));
        assertThat(limited.deadline())
                .contains(Instant.ofEpochMilli(limited.startedAt()).plusSeconds(7));
    }

    @Test
    void aHandlerSeesTheTagsAndTheInstantOfItsSchedule() {
        String id = "report/eu@2026-11-29T01:30:00Z";
        TaskRecord record = new TaskRecord(id, "a.b", "default", 4, null, null, null, 0, 0, null);
        assertThat(of(record).scheduledAt()).isEmpty();
        assertThat(of(record).tags()).isEmpty();

        record.labels(null, List.of("eu", "nightly")).schedule("report/eu");
        assertThat(of(record).scheduledAt()).contains(Instant.parse("2026-11-29T01:30:00Z"));
        assertThat(of(record).tags()).containsExactly("eu", "nightly");
    }

    @Test
    void aLineIsCutWhenItIsTaken() {
        String megabytes = "x".repeat(10_000_000);
        for (int i = 0; i < 500; i++) {
            run.log(megabytes + i);
        }
        run.progress(1, 2, megabytes);

        run.writeLines(written::addAll);
        assertThat(written)
                .hasSize(500)
                .allSatisfy(line -> assertThat(line.message()).hasSize(1_000).endsWith("x…"));
        assertThat(run.progress().message()).hasSize(1_000);
    }

    @Test
    void aSecretThatCrossesTheCutIsHidden() {
        for (int before = 980; before <= 1_001; before++) {
            run.log("x".repeat(before) + "hunter2" + "y".repeat(2_000));
        }

        run.writeLines(written::addAll);
        assertThat(written)
                .allSatisfy(
                        line -> assertThat(line.message()).doesNotContain("h").hasSizeLessThanOrEqualTo(1_000));
    }

    @Test
    void howManyLinesWereDroppedIsTheLastLine() {
        for (int i = 0; i < 700; i++) {
            run.log("first " + i);
        }
        run.writeLines(written::addAll);
        for (int i = 0; i < 700; i++) {
            run.log("second " + i);
        }
        run.writeLines(written::addAll);
        assertThat(written).hasSize(1_000);
        run.handlerEnded();
        run.handlerEnded();
        run.writeLines(written::addAll);

        assertThat(written).hasSize(1_001);
        assertThat(written.get(1_000).message()).contains("400 more lines were dropped", "1000");
        assertThat(written).extracting(RunReports.Line::number).isSorted().doesNotHaveDuplicates();
    }
}
