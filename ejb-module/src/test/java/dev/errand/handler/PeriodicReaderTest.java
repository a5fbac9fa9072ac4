package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.Periodic;
import dev.errand.api.Schedule;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import dev.errand.api.TaskValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodicReaderTest {
    abstract static class Numbers implements TaskHandler<Integer, Void> {
        @Override
        public Void handle(Integer argument, TaskContext task) {
            return null;
        }
    }

    @Task("reports.nightly")
    @Periodic(cron = "30 2 * * *", zone = "Europe/Berlin")
    static class Nightly extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("sync")
    @Periodic(name = "often", every = "PT15M", argument = "17", queue = "slow", priority = 9, jitter = "PT30S")
    @Periodic(
            name = "weekly",
            cron = "@weekly",
            misfire = Misfire.ALL,
            overlap = Overlap.QUEUE,
            from = "2026-01-01T00:00:00Z",
            until = "2027-01-01T01:00:00+01:00")
    static class Sync extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("plain")
    static class Plain extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(cron = "0 0 30 2 *")
    static class NeverFires extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic
    static class NoTimes extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(cron = "@daily", every = "P1D")
    static class BothTimes extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(cron = "@daily", zone = "Europe/Bonn")
    static class WrongZone extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "15 minutes")
    static class WrongEvery extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "PT0.5S")
    static class TooOften extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", argument = "seventeen")
    static class NoJson extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", argument = "{\"a\": 1}")
    static class OtherType extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", priority = 10)
    static class WrongPriority extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", from = "2026-01-01")
    static class WrongFrom extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", from = "2026-01-02T00:00:00Z", until = "2026-01-01T00:00:00Z")
    static class Backwards extends Numbers implements TaskHandler<Integer, Void> {}

    @Task("t")
    @Periodic(every = "P1D", name = "a b")
    static class WrongName extends Numbers implements TaskHandler<Integer, Void> {}

    private static List<Schedule> read(Class<?> bean) {
        return PeriodicReader.read(AnnotatedTypes.of(bean), AnnotatedTypes.read(bean));
    }

    @Test
    void aScheduleHasTheNameOfItsTaskAndTheUsualRules() {
        assertThat(read(Nightly.class))
                .containsExactly(Schedule.named("reports.nightly")
                        .task("reports.nightly")
                        .cron("30 2 * * *")
                        .zone(ZoneId.of("Europe/Berlin"))
                        .misfire(Misfire.ONCE)
                        .overlap(Overlap.SKIP));
        assertThat(read(Plain.class)).isEmpty();
    }

    @Test
    void aHandlerHasSeveralSchedulesWithEachValue() {
        assertThat(read(Sync.class))
                .containsExactlyInAnyOrder(
                        Schedule.named("often")
                                .task("sync")
                                .argument(TaskValue.ofJson("17"))
                                .every(Duration.ofMinutes(15))
                                .queue("slow")
                                .priority(9)
                                .jitter(Duration.ofSeconds(30)),
                        Schedule.named("weekly")
                                .task("sync")
                                .cron("@weekly")
                                .zone(ZoneId.of("UTC"))
                                .misfire(Misfire.ALL)
                                .overlap(Overlap.QUEUE)
                                .from(Instant.parse("2026-01-01T00:00:00Z"))
                                .until(Instant.parse("2027-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NeverFires|never fires",
                "NoTimes|cron or every",
                "BothTimes|cron or every",
                "WrongZone|Europe/Bonn",
                "WrongEvery|15 minutes",
                "TooOften|whole number of seconds",
                "NoJson|seventeen",
                "OtherType|JSON that fits java.lang.Integer",
                "WrongPriority|priority 10",
                "WrongFrom|2026-01-01",
                "Backwards|before from",
                "WrongName|a b",
            })
    void aWrongValueIsRefusedWithTheClassAndTheRemedy(String bean, String reason) throws Exception {
        Class<?> type = Class.forName(PeriodicReaderTest.class.getName() + "$" + bean);
        assertThatThrownBy(() -> read(type))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining(type.getName())
                .hasMessageContaining("@Periodic")
                .hasMessageContaining(reason);
    }
}
