package dev.errand.handler;

import static dev.errand.handler.AnnotatedTypes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidDeploymentException;
import dev.errand.api.RetryPolicy;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlerReaderTest {
    abstract static class Base<A> implements TaskHandler<A, Void> {
        @Override
        public Void handle(A argument, TaskContext task) {
            return null;
        }
    }

    @Task("example.plain")
    static class Plain extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.full", queue = "mail", priority = 9, timeLimit = "PT30S")
    @RetryPolicy(
            on = IOException.class,
            except = ConnectException.class,
            maxRetries = -1,
            countdown = "PT10S",
            backoff = 2,
            maxCountdown = "PT5M",
            jitter = true)
    static class Full extends Base<Map<String, List<Optional<Integer>>>>
            implements TaskHandler<Map<String, List<Optional<Integer>>>, Void> {}

    static class NoName extends Base<String> implements TaskHandler<String, Void> {}

    @Task("example.echo ")
    static class BlankInName extends Base<String> implements TaskHandler<String, Void> {}

    @Task("")
    static class EmptyName extends Base<String> implements TaskHandler<String, Void> {}

    @Task("beispiel.größe")
    static class NameNotAscii extends Base<String> implements TaskHandler<String, Void> {}

    @SuppressWarnings("rawtypes")
    @Task("example.raw")
    static class Raw implements TaskHandler {
        @Override
        public Object handle(Object argument, TaskContext task) {
            return null;
        }
    }

    @Task("example.open")
    static class Open<T> extends Base<T> implements TaskHandler<T, Void> {}

    @Task("example.open-inside")
    static class OpenInside<T> extends Base<Map<String, List<T>>> implements TaskHandler<Map<String, List<T>>, Void> {}

    @Task("example.open-array")
    static class OpenArray<T> extends Base<T[]> implements TaskHandler<T[], Void> {}

    @Task("example.wildcard")
    static class Wildcard extends Base<List<? extends Number>> implements TaskHandler<List<? extends Number>, Void> {}

    @Task("example.inherited")
    static class Inherited extends Base<String> {}

    @Task(value = "example.queue", queue = "two words")
    static class BadQueue extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.queue", queue = "")
    static class EmptyQueue extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.priority", priority = 10)
    static class BadPriority extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.priority", priority = -1)
    static class NegativePriority extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.limit", timeLimit = "30s")
    static class BadLimit extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.limit", timeLimit = "PT0S")
    static class NoTime extends Base<String> implements TaskHandler<String, Void> {}

    @Task(value = "example.limit", timeLimit = "-PT1S")
    static class NegativeTime extends Base<String> implements TaskHandler<String, Void> {}

    @Test
    void aHandlerThatSaysNothingHasTheDefaults() {
        Handler handler = read(Plain.class);

        assertThat(handler.task()).isEqualTo("example.plain");
        assertThat(handler.className()).isEqualTo(Plain.class.getName());
        assertThat(handler.queue()).isEqualTo("default");
        assertThat(handler.priority()).isEqualTo(4);
        assertThat(handler.timeLimit()).isNull();
        assertThat(handler.argumentType()).isEqualTo(String.class);
        assertThat(handler.transactional()).isTrue();
        assertThat(handler.policy()).isEqualTo(Policy.NONE);
    }

    @Test
    void theAnnotationsOfAHandlerAreRead() {
        Handler handler = read(Full.class);

        assertThat(handler.queue()).isEqualTo("mail");
        assertThat(handler.priority()).isEqualTo(9);
        assertThat(handler.timeLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(handler.policy())
                .isEqualTo(new Policy(
                        List.of(IOException.class),
                        List.of(ConnectException.class),
                        -1,
                        Duration.ofSeconds(10),
                        2,
                        Duration.ofMinutes(5),
                        true,
                        List.of()));
    }

    @Test
    void anArgumentsTypeKeepsItsTypeArguments() {
        assertThat(read(Full.class).info().argumentType())
                .isEqualTo("java.util.Map<java.lang.String, java.util.List<java.util.Optional<java.lang.Integer>>>");
        assertThat(read(Wildcard.class).argumentType().getTypeName())
                .isEqualTo("java.util.List<? extends java.lang.Number>");
    }

    @Test
    void peopleSeeTheSameSettings() {
        assertThat(read(Full.class).info()).satisfies(info -> {
            assertThat(info.task()).isEqualTo("example.full");
            assertThat(info.handler()).isEqualTo(Full.class.getName());
            assertThat(info.retryPolicy().on()).containsExactly("java.io.IOException");
            assertThat(info.retryPolicy().except()).containsExactly("java.net.ConnectException");
            assertThat(info.retryPolicy().maxRetries()).isEqualTo(-1);
        });
    }

    @Test
    void aHandlerWithoutANameIsRefused() {
        refused(NoName.class, "no name", "@Task(\"");
    }

    @Test
    void aNameWithABlankOrWithoutACharacterOrNotInAsciiIsRefused() {
        refused(BlankInName.class, "\"example.echo \"", "blanks");
        refused(EmptyName.class, "\"\"", "1 to 255");
        refused(NameNotAscii.class, "beispiel.größe", "ASCII");
    }

    @Test
    void aRawHandlerIsRefusedBecauseItsArgumentIsUnknown() {
        refused(Raw.class, "without type arguments", "implements TaskHandler<String, Void>");
    }

    @Test
    void anArgumentTypeLeftOpenIsRefusedHoweverDeep() {
        refused(Open.class, "(T)", "implements TaskHandler<String, Void>");
        refused(OpenInside.class, "java.util.Map<java.lang.String, java.util.List<T>>");
        refused(OpenArray.class, "(T[])");
    }

    @Test
    void aHandlerWhoseSuperclassAloneImplementsTheInterfaceIsRefused() {
        refused(Inherited.class, "on the class itself", "superclass");
    }

    @Test
    void aHandlerWithOnlyANoInterfaceViewIsToldToRemoveLocalBean() {
        assertThatThrownBy(() -> HandlerReader.read(AnnotatedTypes.of(Plain.class), Set.of(Plain.class, Object.class)))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining(Plain.class.getName())
                .hasMessageContaining("@LocalBean");
    }

    @Test
    void aQueuesNameIsChecked() {
        refused(BadQueue.class, "queue = \"two words\"", "blanks");
        refused(EmptyQueue.class, "queue = \"\"");
    }

    @Test
    void aPriorityIsFrom0To9() {
        refused(BadPriority.class, "priority = 10", "0 (lowest) to 9 (highest)");
        refused(NegativePriority.class, "priority = -1");
    }

    @Test
    void aTimeLimitIsALongerDurationThanNothing() {
        refused(BadLimit.class, "timeLimit = \"30s\"", "ISO-8601");
        refused(NoTime.class, "timeLimit = \"PT0S\"", "longer than 0");
        refused(NegativeTime.class, "timeLimit = \"-PT1S\"");
    }

    private static void refused(Class<?> bean, String... parts) {
        assertThatThrownBy(() -> read(bean))
                .isInstanceOf(InvalidDeploymentException.class)
                .hasMessageContaining(bean.getName())
                .hasMessageContainingAll(parts);
    }
}
