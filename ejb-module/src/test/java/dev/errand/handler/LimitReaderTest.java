package dev.errand.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.Limit;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitReaderTest {
    @Task("sms.send")
    @Limit(rate = "100/m", concurrency = 5)
    @Limit(name = "per-customer", concurrency = 1, by = "/customer")
    static class Sms extends Plain {}

    @Task("a.b")
    @Limit
    static class Nothing extends Plain {}

    @Task("a.b")
    @Limit(rate = "100 per minute")
    static class WrongRate extends Plain {}

    @Task("a.b")
    @Limit(concurrency = 1, by = "customer")
    static class WrongPointer extends Plain {}

    @Task("a.b")
    @Limit(concurrency = 1, name = "two words")
    static class WrongName extends Plain {}

    @Task("a.b")
    @Limit(concurrency = -1)
    static class WrongConcurrency extends Plain {}

    @Task("a.b")
    @Limit(concurrency = 1, burst = 3)
    static class BurstOfNothing extends Plain {}

    @Task("a.b")
    @Limit(concurrency = 1)
    @Limit(rate = "1/s")
    static class Twice extends Plain {}

    static class Plain implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    private static List<LimitRule> read(Class<?> type) {
        var annotated = AnnotatedTypes.of(type);
        Handler handler = new Handler(
                type.getAnnotation(Task.class).value(),
                type.getName(),
                "m",
                "default",
                4,
                null,
                String.class,
                true,
                Policy.NONE,
                null);
        return LimitReader.read(annotated, handler);
    }

    @Test
    void aHandlerMayHaveSeveralLimits() {
        assertThat(read(Sms.class))
                .containsExactly(
                        new LimitRule("per-customer", "/customer", null, 0, 1),
                        new LimitRule("sms.send", "", Rate.of("100/m"), 0, 5));
    }

    @Test
    void aWrongValueNamesTheClassAndTheRemedy() {
        refused(Nothing.class, "@Limit limits nothing. Use rate = \"100/m\", concurrency = 5, or both.");
        refused(WrongRate.class, "has rate = \"100 per minute\". Use a number from 1 to 1000000 per s, m, h or d");
        refused(WrongPointer.class, "has by = \"customer\", which is not a JSON pointer. Use a path");
        refused(WrongName.class, "has name = \"two words\". Use 1 to 255 visible ASCII characters");
        refused(WrongConcurrency.class, "has concurrency = -1. Use 1 to 10000");
        refused(BurstOfNothing.class, "has burst = 3. Use 1 to 1000000, together with a rate");
        refused(Twice.class, "two @Limit have the name \"a.b\". Give each a name of its own");
    }

    private static void refused(Class<?> type, String part) {
        assertThatThrownBy(() -> read(type))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining(type.getName())
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource({"1/s,1000000000", "3/s,333333334", "100/m,600000000", "1/h,3600000000000", "1/d,86400000000000"})
    void aRateIsAnInterval(String text, long nanos) {
        assertThat(Rate.of(text).intervalNanos()).isEqualTo(nanos);
        assertThat(Rate.of(text).burst(0)).isEqualTo(1);
        assertThat(Rate.of(text).burst(7)).isEqualTo(7);
    }

    @Test
    void ofAHighRateTheStartsOfATenthOfASecondMayFollowAtOnce() {
        assertThat(Rate.of("1000/s").burst(0)).isEqualTo(100);
        assertThat(Rate.of("1000000/m").burst(0)).isEqualTo((int) (TimeUnit.SECONDS.toNanos(1) / 10 / 60_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/s", "-1/s", "1/w", "1", "/s", "1.5/s", "1000001/s", "99999999999/s", "1/s/s"})
    void otherTextsAreNoRate(String text) {
        assertThatThrownBy(() -> Rate.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }
}
