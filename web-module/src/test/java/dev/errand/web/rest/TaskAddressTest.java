package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskAddressTest {
    @ParameterizedTest
    @CsvSource({
        "order-17, order-17",
        "a/b, a%2Fb",
        "a~b, a%7Eb",
        "reports.nightly@2026-11-29T01:30:00Z, reports.nightly%402026-11-29T01~3A30~3A00Z",
        "a\\b, a~5Cb",
        ".., ~2E~2E",
        "a/../b, a%2F~2E~2E%2Fb",
        "~3A:, ~7E3A~3A",
    })
    void charactersThatServersRefuseAreEscaped(String id, String segment) {
        assertThat(TaskAddress.of(id)).isEqualTo(segment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "..", "a/.../b", "a\\b", "~3A:", "~:~7E", "x@2026-11-29T01:30:00Z"})
    void anAddressLeadsBackToTheId(String id) {
        assertThat(TaskAddress.decoded(TaskAddress.of(id).replace("%40", "@").replace("%2F", "/")))
                .isEqualTo(id);
    }

    @Test
    void aTildeWithoutACodeStays() {
        assertThat(TaskAddress.decoded("a~b~3~3a")).isEqualTo("a~b~3~3a");
    }
}
