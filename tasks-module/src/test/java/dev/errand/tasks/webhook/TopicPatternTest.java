package dev.errand.tasks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    @ParameterizedTest
    @CsvSource({
        "dataset/*, dataset/create, true",
        "dataset/*, dataset/file/add, false",
        "dataset/*, dataset, false",
        "dataset/*, datasets/create, false",
        "dataset/**, dataset/create, true",
        "dataset/**, dataset/file/add, true",
        "dataset/**, dataset, true",
        "**, anything/at/all, true",
        "*, one, true",
        "*, one/two, false",
        "**/add, dataset/file/add, true",
        "**/add, add, true",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**/z, a/b/c, false",
        "invoice.*, invoice.paid, true",
        "data*t/*ate, dataset/create, true",
        "data*t/*ate, dataset/created, false",
        "*a*b*, xxaxxbxx, true",
        "*a*b*, xxbxxaxx, false",
        "dataset/create, dataset/create, true",
        "dataset/create, Dataset/create, false",
        "data.et, dataset, false",
    })
    void matchesPartByPart(String pattern, String topic, boolean matches) {
        assertThat(TopicPattern.of(pattern).matches(topic)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/a", "a/", "a//b", "a**", "a/**b", "***", "größe", "a\nb"})
    void refusesWhatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> TopicPattern.of(pattern))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("topics"))
                .hasMessageContaining("dataset/**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/*", "/a", "a//b", "größe", "a\nb", "errand/ping"})
    void refusesWhatIsNoTopic(String topic) {
        assertThatThrownBy(() -> TopicPattern.check(topic))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("topic"));
    }

    /** An author of patterns must not stop those who publish. */
    @Test
    @Timeout(5)
    void noPatternTakesLong() {
        String stars = "*a".repeat(99);
        assertThat(TopicPattern.of(stars).matches("a".repeat(200) + "b")).isFalse();
        assertThat(TopicPattern.of("**/a/".repeat(39) + "b").matches("a/".repeat(99) + "c"))
                .isFalse();
    }
}
