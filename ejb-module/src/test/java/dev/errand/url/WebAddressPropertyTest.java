package dev.errand.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.fuzz.OddTexts;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WebAddressPropertyTest {
    private static final WebAddress BASE = WebAddress.parse("http://a.test/b/c?d");

    private static Optional<WebAddress> parsed(String text) {
        try {
            return Optional.of(WebAddress.parse(text));
        } catch (InvalidAddressException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(400);
            return Optional.empty();
        }
    }

    /** Every program reads a parsed address in the same way. */
    @Property
    void anAddressIsItsOwnCanonicalForm(@ForAll("texts") String text) {
        parsed(text).ifPresent(address -> {
            assertThat(WebAddress.parse(address.toString())).isEqualTo(address);
            assertThat(BASE.resolve(address.toString())).isEqualTo(address);
            assertThat(address.toString()).matches("https?://[!-~&&[^@/]]+/[!-~]*");
            assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(address.toString()))
                    .isTrue();
            assertThat(address.path().split("/", -1)).doesNotContain("..", ".");
        });
    }

    @Property
    void aReferenceStaysOnTheHostOrNamesAnother(@ForAll("references") String reference) {
        try {
            WebAddress address = BASE.resolve(reference);
            assertThat(WebAddress.parse(address.toString())).isEqualTo(address);
            if (!reference.strip().contains("//") && !reference.contains("\\") && !reference.contains(":")) {
                assertThat(address.origin()).isEqualTo(BASE.origin());
            }
        } catch (InvalidAddressException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    /** Where the old rules and the new ones agree, the JDK says the same. */
    @Property
    void internationalNamesAreConvertedAsByTheJdk(@ForAll("letters") String label) {
        assertThat(Host.of(label + ".test")).isEqualTo(IDN.toASCII(label + ".test", IDN.ALLOW_UNASSIGNED));
    }

    @Property
    void userInformationIsNeverShown(@ForAll("texts") String before, @ForAll("authorities") String address) {
        String masked = UserInfo.masked(before + " " + address + "host/");
        assertThat(masked).doesNotContain("hush");
    }

    @Property
    void otherTextsStayAsTheyAre(@ForAll("texts") String text) {
        if (text.indexOf('@') < 0) {
            assertThat(UserInfo.masked(text)).isEqualTo(text);
        }
        assertThat(UserInfo.masked(UserInfo.masked(text))).isEqualTo(UserInfo.masked(text));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> scheme = Arbitraries.of("http:", "https://", "HTTP:\\\\", "http:/", "", "ftp://", "//");
        Arbitrary<String> host = Arbitraries.oneOf(
                OddTexts.any(), Arbitraries.of("a.test", "[::1]", "127.0.0.1", "a.test:8080", "me@a.test", "ü.test"));
        Arbitrary<String> rest =
                Arbitraries.oneOf(OddTexts.any(), OddTexts.any().map(text -> "/" + text), Arbitraries.just(""));
        return Combinators.combine(scheme, host, rest).as((a, b, c) -> a + b + c);
    }

    @Provide
    Arbitrary<String> references() {
        return Arbitraries.oneOf(
                OddTexts.any(), Arbitraries.strings().withChars("./\\?#:%2eEa ").ofMaxLength(12), texts());
    }

    /** Letters that have been in Unicode, and the same, since the JDK's rules were made. */
    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings()
                .withChars("äöüÄÖÜéèñçåøæабвгАБ日本語한국abcXYZ059")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(label ->
                        label.codePoints().noneMatch(Character::isDigit) || !Character.isDigit(label.charAt(0)))
                .filter(label -> !label.chars().allMatch(c -> c < 0x80));
    }

    @Provide
    Arbitrary<String> authorities() {
        return Combinators.combine(
                        Arbitraries.of(
                                "http://",
                                "https://",
                                "HTTP:\\\\",
                                "http:",
                                "ftp://",
                                "//",
                                "jdbc:x://",
                                "http:\\/\\/"),
                        Arbitraries.of("me:hush@", "hush@", "me:hush@x@", ":hush@", "me:h%20:hush@"))
                .as((scheme, userInfo) -> scheme + userInfo);
    }
}
