package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryQueryTest {

    @Test
    void everyParameterIsRead() {
        assertThat(HistoryQuery.of(Map.of())).isEqualTo(HistoryPage.newest());
        assertThat(HistoryQuery.of(Map.of(
                        "runs", List.of("5"),
                        "runsCursor", List.of("7"),
                        "log", List.of("0"),
                        "logCursor", List.of("7-3"))))
                .isEqualTo(new HistoryPage(5, "7", 0, "7-3"));
    }

    @ParameterizedTest
    @CsvSource({"runs,-1", "runs,1001", "runs,x", "log,1e3", "log,99999999999", "run,5"})
    void aWrongOneIsNamed(String name, String value) {
        assertThatThrownBy(() -> HistoryQuery.of(Map.of(name, List.of(value))))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo(name));
    }

    @Test
    void theWaitIsADurationOfAtMostAMinute() {
        assertThat(HistoryQuery.wait(Map.of())).isZero();
        assertThat(HistoryQuery.wait(Map.of("wait", List.of("")))).isZero();
        assertThat(HistoryQuery.wait(Map.of("wait", List.of("PT1.5S")))).hasMillis(1_500);
        assertThat(HistoryQuery.wait(Map.of("wait", List.of("60")))).hasSeconds(60);
    }

    @ParameterizedTest
    @CsvSource({"PT61S", "-1", "soon"})
    void aWrongWaitIsNamed(String value) {
        assertThatThrownBy(() -> HistoryQuery.wait(Map.of("wait", List.of(value))))
                .asInstanceOf(type(InvalidValueException.class))
                .satisfies(e -> assertThat(e.field()).isEqualTo("wait"));
    }
}
