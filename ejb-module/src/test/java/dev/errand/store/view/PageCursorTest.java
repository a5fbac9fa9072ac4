package dev.errand.store.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
    @ParameterizedTest
    @CsvSource({
        "0, a",
        "1780315200000, 018f0000-0000-7000-8000-000000000000",
        "-1, !~",
        "9223372036854775807, a/b?c=d&e"
    })
    void aCursorComesBackAsItWas(long createdAt, String id) {
        PageCursor cursor = new PageCursor(createdAt, id);

        assertThat(PageCursor.of(cursor.text())).isEqualTo(cursor);
    }

    @Test
    void itsTextCanStandInAnAddressAsItIs() {
        assertThat(new PageCursor(1780315200000L, "~".repeat(255)).text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void noTextIsNoCursor() {
        assertThat(PageCursor.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nonsense", "a b", "%", "MTIz", "MTIzIA", "YSBi"})
    void anyOtherTextIsRefusedAndTheErrorNamesTheSourceOfACursor(String text) {
        assertThatThrownBy(() -> PageCursor.of(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("cursor \"" + text + "\"")
                .hasMessageContaining("\"next\"");
    }

    @Test
    void aNumberThatIsTooLargeIsRefused() {
        String text =
                Base64.getUrlEncoder().encodeToString("99999999999999999999 x".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> PageCursor.of(text)).isInstanceOf(InvalidValueException.class);
    }
}
