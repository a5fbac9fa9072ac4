package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTextTest {
    private static String clean(String text) {
        return new ErrorText(null, text, null).message();
    }

    @Test
    void aTextThatFitsIsKept() {
        ErrorText text = new ErrorText("java.io.IOException", "m".repeat(4_000), "t".repeat(100_000));

        assertThat(text.type()).isEqualTo("java.io.IOException");
        assertThat(text.message()).isEqualTo("m".repeat(4_000));
        assertThat(text.trace()).hasSize(100_000);
    }

    @Test
    void aTextLongerThanItsColumnIsCutAndSaysSo() {
        ErrorText text = new ErrorText("t".repeat(501), "m".repeat(4_001), null);

        assertThat(text.type()).hasSize(500).endsWith("t…");
        assertThat(text.message()).hasSize(4_000).endsWith("m…");
    }

    @Test
    void noTextStaysNone() {
        assertThat(new ErrorText(null, null, null).message()).isNull();
    }

    @Test
    void theCharacterThatPostgreSqlRefusesIsReplaced() {
        assertThat(clean("a\0b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void charactersBeyondTheFirstPlaneStayWhole() {
        assertThat(clean("😀 half 😀")).isEqualTo("😀 half 😀");
    }

    @Test
    void aCutThroughACharacterLeavesNoHalf() {
        assertThat(clean("m".repeat(3_998) + "😀😀")).endsWith("m\uFFFD…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "a\ude00b", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halfACharacterIsReplacedSoThatAnyDatabaseTakesTheText(String text) throws CharacterCodingException {
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(clean(text))).isTrue();
    }
}
