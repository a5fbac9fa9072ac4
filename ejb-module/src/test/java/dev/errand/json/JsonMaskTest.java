package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonMaskTest {
    private static final Set<String> MASK = Set.of("secret", "apikey");

    @Test
    void aFieldIsMaskedHoweverDeep() {
        assertThat(Json.plain("{\"a\":[{\"b\":{\"secret\":\"x\",\"name\":\"n\"}},[{\"secret\":1}]]}", MASK))
                .isEqualTo(Map.of(
                        "a",
                        List.of(Map.of("b", Map.of("secret", "***", "name", "n")), List.of(Map.of("secret", "***")))));
    }

    @Test
    void caseDoesNotCount() {
        assertThat(Json.plain("{\"SECRET\":\"x\",\"apiKey\":\"y\"}", MASK))
                .isEqualTo(Map.of("SECRET", "***", "apiKey", "***"));
    }

    @Test
    void caseDoesNotCountInTurkeyEither() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(Json.plain("{\"APIKEY\":\"y\"}", MASK)).isEqualTo(Map.of("APIKEY", "***"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void noPartOfAMaskedValueIsShown() {
        assertThat(Json.plain("{\"secret\":{\"key\":\"x\"},\"apikey\":[1,2]}", MASK))
                .isEqualTo(Map.of("secret", "***", "apikey", "***"));
    }

    @Test
    void thatThereIsNoneMayBeSeen() {
        assertThat(Json.plain("{\"secret\":null}", MASK)).isEqualTo(Collections.singletonMap("secret", null));
    }

    @Test
    void otherFieldsAndPlainValuesAreShown() {
        assertThat(Json.plain("{\"secretary\":\"Ann\"}", MASK)).isEqualTo(Map.of("secretary", "Ann"));
        assertThat(Json.plain("\"secret\"", MASK)).isEqualTo("secret");
        assertThat(Json.plain("[1,null,true]", MASK)).isEqualTo(Arrays.asList(1, null, true));
    }

    @Test
    void theUserInformationOfAnAddressIsMaskedInEveryTextAndName() {
        assertThat(Json.plain(
                        "{\"url\":\"http://me:hush@a.test/x\",\"all\":[\"http:\\/\\/hush@b.test\",\"http:\\\\\\\\me:hu sh@c\"],"
                                + "\"//me:hush@d/\":1}",
                        Set.of()))
                .hasToString("{url=http://***@a.test/x, all=[http://***@b.test, http:\\\\***@c], //***@d/=1}");
    }
}
