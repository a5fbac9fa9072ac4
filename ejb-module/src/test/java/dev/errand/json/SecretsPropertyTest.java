package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A secret is told by its kernel, which nothing else in the text has. */
class SecretsPropertyTest {
    private static final Set<String> MASK = Set.of("secret");
    private static final String KERNEL = "k3rn3l-of-it";

    @Property
    void noTextThatQuotesItTellsIt(@ForAll("secrets") String secret, @ForAll("texts") String around) {
        String argument = Json.write(Map.of("list", List.of(Map.of("SECRET", secret))));
        Secrets secrets = Secrets.of(argument, MASK);

        assertThat(secrets.hide(around + secret + around)).doesNotContain(KERNEL);
        assertThat(secrets.hide("The JSON " + argument + " is wrong")).doesNotContain(KERNEL);
        assertThat(Json.write(Json.plain(argument, MASK))).doesNotContain(KERNEL);
    }

    /** As the JSON library does in its messages, cut and all. */
    @Property
    void noMessageOfATypeThatDoesNotFitTellsIt(@ForAll("secrets") String secret) {
        String argument = Json.write(Map.of("secret", secret));
        try {
            Json.read(argument, Typed.class);
        } catch (NotJsonException e) {
            assertThat(Secrets.of(argument, MASK).hide(e.getMessage())).doesNotContain(KERNEL);
        }
    }

    record Typed(int secret) {}

    @Provide
    Arbitrary<String> secrets() {
        Arbitrary<String> rest = Arbitraries.oneOf(
                OddTexts.any(),
                Arbitraries.of("=\n".repeat(400), "\"quoted\"", "ümläut", "back\\slash", "x".repeat(2_000)));
        return rest.flatMap(before ->
                rest.flatMap(after -> Arbitraries.of(KERNEL + after, before + KERNEL + after, before + KERNEL)));
    }

    @Provide
    Arbitrary<String> texts() {
        return OddTexts.any();
    }
}
