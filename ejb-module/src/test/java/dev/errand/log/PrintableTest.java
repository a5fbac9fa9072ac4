package dev.errand.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\u061c",
                "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ud83d", "\ude00"
            })
    void charactersThatChangeALineOrATerminalAreEscaped(String character) {
        assertThat(Printable.of("a" + character + "b")).isEqualTo("a\\u%04xb".formatted((int) character.charAt(0)));
    }

    @Test
    void allOtherCharactersStay() {
        String text = "Grüße, שלום, \"100% {0}\" \\u0041 $1 \ud83d\ude00 \u200d\ufe0f";

        assertThat(Printable.of(text)).isEqualTo(text);
        assertThat(Printable.of(null)).isEqualTo("null");
    }

    @Property
    void noTextHasALineMoreThanOne(@ForAll("texts") String text) {
        assertThat(Printable.of(text).codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Provide
    Arbitrary<String> texts() {
        return OddTexts.any();
    }
}
