package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskOptionsTest {
    private static final TaskOptions NONE = TaskOptions.none();
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void noneLeavesEverythingToTheHandler() {
        assertThat(NONE).isEqualTo(new TaskOptions(null, null, null, null, null, null, null, null, null));
    }

    @Test
    void eachCallReturnsACopyAndKeepsTheOtherValues() {
        TaskOptions all = NONE.id("order-1")
                .countdown(Duration.ofSeconds(5))
                .eta(NOON)
                .expires(NOON.plusSeconds(60))
                .expiresIn(Duration.ofHours(1))
                .priority(9)
                .queue("mail")
                .maxRetries(-1)
                .uniqueKey("customer-7");

        assertThat(all)
                .isEqualTo(new TaskOptions(
                        "order-1",
                        Duration.ofSeconds(5),
                        NOON,
                        NOON.plusSeconds(60),
                        Duration.ofHours(1),
                        9,
                        "mail",
                        -1,
                        "customer-7"));
        assertThat(TaskOptions.none()).isEqualTo(new TaskOptions(null, null, null, null, null, null, null, null, null));
    }

    @Test
    void aChangedCopyLeavesTheOriginalAsItWas() {
        TaskOptions urgent = NONE.priority(9);

        urgent.priority(0).queue("slow");

        assertThat(urgent.priority()).isEqualTo(9);
        assertThat(urgent.queue()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "!", "~", "order/2026?x=1", "018f-uuid"})
    void anIdOfVisibleAsciiIsTaken(String id) {
        assertThat(NONE.id(id).id()).isEqualTo(id);
    }

    @Test
    void anIdAndAUniqueKeyHave255CharactersAtMostAndAQueue100() {
        assertThat(NONE.id("x".repeat(255)).uniqueKey("k".repeat(255)).queue("q".repeat(100)))
                .isNotNull();
    }

    @Test
    void theEdgesOfEachRangeAreTaken() {
        assertThat(NONE.countdown(Duration.ZERO).priority(0).maxRetries(0)).isNotNull();
        assertThat(NONE.countdown(Duration.ofDays(36_525))
                        .priority(9)
                        .maxRetries(-1)
                        .maxRetries(Integer.MAX_VALUE))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "tab\t", "new\nline", "umläut", "\u007f", "\0"})
    void anIdThatCannotBeIsRefusedByName(String id) {
        assertThatThrownBy(() -> NONE.id(id))
                .isInstanceOf(InvalidValueException.class)
                .isInstanceOf(ErrandException.class)
                .hasMessageContaining("task id")
                .hasMessageContaining("\"" + id + "\"");
    }

    @Test
    void anIdThatIsTooLongOrNullIsRefused() {
        assertThatThrownBy(() -> NONE.id("x".repeat(256))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> NONE.id(null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("null");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused("countdown", "PT-1S", () -> NONE.countdown(Duration.ofSeconds(-1))),
                refused("countdown", "PT", () -> NONE.countdown(Duration.ofDays(36_526))),
                refused("countdown", "PT", () -> NONE.countdown(Duration.ofSeconds(Long.MAX_VALUE))),
                refused("countdown", "null", () -> NONE.countdown(null)),
                refused("eta", "null", () -> NONE.eta(null)),
                refused("expires", "null", () -> NONE.expires(null)),
                refused("priority", "-1", () -> NONE.priority(-1)),
                refused("priority", "10", () -> NONE.priority(10)),
                refused("maxRetries", "-2", () -> NONE.maxRetries(-2)),
                refused("queue", "null", () -> NONE.queue(null)),
                refused("queue", "\"\"", () -> NONE.queue("")),
                refused("queue", "two words", () -> NONE.queue("two words")),
                refused("queue", "qqq", () -> NONE.queue("q".repeat(101))),
                refused("uniqueKey", "null", () -> NONE.uniqueKey(null)),
                refused("uniqueKey", "clé", () -> NONE.uniqueKey("clé")),
                refused("uniqueKey", "kkk", () -> NONE.uniqueKey("k".repeat(256))),
                refused("onDuplicate", "null", () -> NONE.onDuplicate(null)),
                refused("uniqueFor", "0", () -> NONE.uniqueFor(Duration.ZERO)),
                refused("uniqueFor", "PT-1S", () -> NONE.uniqueFor(Duration.ofSeconds(-1))),
                refused("timeLimit", "0", () -> NONE.timeLimit(Duration.ZERO)),
                refused("debounce.quiet", "0", () -> NONE.debounce(Duration.ZERO, Duration.ofSeconds(1))),
                refused("debounce.max", "PT1S", () -> NONE.debounce(Duration.ofSeconds(2), Duration.ofSeconds(1))),
                refused("title", "\"\"", () -> NONE.title("")),
                refused("title", "a\nb", () -> NONE.title("a\nb")),
                refused("title", "a\0b", () -> NONE.title("a\0b")),
                refused("title", "\ud800", () -> NONE.title("\ud800")),
                refused("title", "ttt", () -> NONE.title("t".repeat(256))),
                refused("tags", "null", () -> NONE.tags("a", null)),
                refused("tags", "a\nb", () -> NONE.tags("a\nb")),
                refused("tags", "ttt", () -> NONE.tags("t".repeat(101))));
    }

    @Test
    void theLaterOptionsAreCopiedAsWell() {
        TaskOptions all = NONE.uniqueKey("k")
                .onDuplicate(OnDuplicate.KEEP)
                .uniqueFor(Duration.ofDays(1))
                .debounce(Duration.ofSeconds(5), Duration.ofMinutes(1))
                .timeLimit(Duration.ofMinutes(2))
                .title("Report 😀")
                .tags("eu", "night ly", "eu")
                .priority(9);

        assertThat(all.onDuplicate()).isEqualTo(OnDuplicate.KEEP);
        assertThat(all.uniqueFor()).isEqualTo(Duration.ofDays(1));
        assertThat(all.debounce()).isEqualTo(new Debounce(Duration.ofSeconds(5), Duration.ofMinutes(1)));
        assertThat(all.timeLimit()).isEqualTo(Duration.ofMinutes(2));
        assertThat(all.title()).isEqualTo("Report 😀");
        assertThat(all.tags()).containsExactly("eu", "night ly");
        assertThat(NONE.tags()).isEmpty();
    }

    @Test
    void aTaskHasAtMostTenTags() {
        String[] tags = IntStream.range(0, 11).mapToObj(Integer::toString).toArray(String[]::new);

        assertThat(NONE.tags(Arrays.copyOf(tags, 10)).tags()).hasSize(10);
        assertThatThrownBy(() -> NONE.tags(tags))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("11 tags");
    }

    private static Arguments refused(String name, String value, Runnable call) {
        return Arguments.of(Named.of(name + " " + value, call), name, value);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatCannotBeIsRefusedWithItsNameAndItself(Runnable call, String name, String value) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidValueException.class)
                .isInstanceOf(ErrandException.class)
                .hasMessageStartingWith(name)
                .hasMessageContaining(value);
    }

    @Test
    void theConstructorChecksAsTheCallsDo() {
        assertThatThrownBy(() -> new TaskOptions("a b", null, null, null, null, null, null, null, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(
                        () -> new TaskOptions(null, Duration.ofSeconds(-1), null, null, null, null, null, null, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(
                        () -> new TaskOptions(null, null, null, null, Duration.ofSeconds(-1), null, null, null, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new TaskOptions(null, null, null, null, null, 10, null, null, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new TaskOptions(null, null, null, null, null, null, "", null, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new TaskOptions(null, null, null, null, null, null, null, -2, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new TaskOptions(null, null, null, null, null, null, null, null, ""))
                .isInstanceOf(InvalidValueException.class);
    }

    /** Without a limit, the conversion to milliseconds overflows with an ArithmeticException that names nothing. */
    @Test
    void anInstantTooFarForMillisecondsIsRefusedHere() {
        assertThatThrownBy(() -> NONE.eta(Instant.MAX))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("eta");
        assertThatThrownBy(() -> NONE.expires(Instant.MAX))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expires");
    }
}
