package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TaskOptionsPropertyTest {

    /** The columns hold exactly so much: 255, or 100, characters of a byte each. */
    @Property
    void aTextIsVisibleAsciiThatFitsOrIsRefusedByName(@ForAll("texts") String text) {
        is(text.matches("[!-~]{1,255}"), "id", text, TaskOptions.none()::id);
        is(text.matches("[!-~]{1,100}"), "queue", text, TaskOptions.none()::queue);
        is(text.matches("[!-~]{1,255}"), "uniqueKey", text, TaskOptions.none()::uniqueKey);
    }

    @Property
    void aTimeHasAYearOfFourDigitsOrIsRefusedByName(@ForAll long seconds, @ForAll("instants") Instant instant) {
        boolean century = seconds >= 0 && seconds <= Duration.ofDays(36_525).toSeconds();
        is(century, "countdown", Duration.ofSeconds(seconds), TaskOptions.none()::countdown);
        boolean fourDigits = instant.toString().matches("\\d{4}-.*");
        is(fourDigits, "eta", instant, TaskOptions.none()::eta);
        is(fourDigits, "expires", instant, TaskOptions.none()::expires);
    }

    private static <V> void is(boolean right, String name, V value, Function<V, TaskOptions> setter) {
        try {
            setter.apply(value);
            assertThat(right).as("%s %s was taken", name, value).isTrue();
        } catch (InvalidValueException e) {
            assertThat(right).as("%s %s was refused", name, value).isFalse();
            assertThat(e).hasMessageContaining(name);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(OddTexts.any(), OddTexts.any().map(text -> text + "x".repeat(10_000)));
    }

    @Provide
    Arbitrary<Instant> instants() {
        Instant first = Instant.parse("0000-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
        return Arbitraries.oneOf(
                Arbitraries.longs()
                        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                        .map(Instant::ofEpochSecond),
                Arbitraries.longs()
                        .between(first.getEpochSecond() - 9, last.getEpochSecond() + 9)
                        .map(Instant::ofEpochSecond),
                Arbitraries.of(first, last, first.minusNanos(1), last.plusMillis(1)));
    }
}
