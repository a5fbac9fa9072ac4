package dev.errand.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final Set<String> MASK = Set.of("secret", "password");

    private static String hide(String argument, String text) {
        return Secrets.of(argument, MASK).hide(text);
    }

    @Test
    void aTextThatQuotesAMaskedValueLosesIt() {
        assertThat(hide("{\"password\":\"hunter2\",\"name\":\"ann\"}", "ann: hunter2 is wrong, hunter2!"))
                .isEqualTo("ann: *** is wrong, ***!");
    }

    @Test
    void aSecretOfAnyTypeIsMaskedAtAnyDepth() {
        String argument = "{\"list\":[{\"Secret\":{\"a\":[\"deep1\",4711],\"b\":{\"c\":\"deep2\"}}}],\"n\":1234}";

        assertThat(hide(argument, "deep1 4711 deep2 1234")).isEqualTo("*** *** *** 1234");
    }

    @Test
    void theLongerOneGoesFirst() {
        assertThat(hide("{\"secret\":[\"abc\",\"abcdef\"]}", "abcdef abc")).isEqualTo("*** ***");
    }

    @Test
    void aValueIsNoPattern() {
        assertThat(hide("{\"secret\":\"a.c$1\\\\E\"}", "abc$1 a.c$1\\E")).isEqualTo("abc$1 ***");
    }

    @Test
    void quotedAsJsonOrTrimmedOrCutItIsStillHidden() {
        assertThat(hide("{\"secret\":\" two \\\"words\\n\"}", "[two \"words] {\\\"x\\\": \" two \\\"words\\n\"}"))
                .isEqualTo("[***] {\\\"x\\\": \"***\"}");
        String secret = "begin of it and " + "x".repeat(1_000) + " end of it";
        assertThat(hide("{\"secret\":\"" + secret + "\"}", "a " + secret.substring(0, 500) + "]...[x end of it"))
                .isEqualTo("a ***]...[***");
    }

    @Test
    void aPartOfAnotherWordIsLeft() {
        assertThat(hide("{\"secret\":[\"\",\"a\",true,null]}", "a task is true or null"))
                .isEqualTo("a task is true or null");
    }

    @Test
    void withoutAnArgumentOrAMaskNothingIsHidden() {
        assertThat(hide(null, "text")).isEqualTo("text");
        assertThat(hide("\"hunter2\"", "hunter2")).isEqualTo("hunter2");
        assertThat(Secrets.of("{\"secret\":\"hunter2\"}", Set.of()).hide("hunter2"))
                .isEqualTo("hunter2");
        assertThat(hide("{\"secret\":\"hunter2\"}", null)).isNull();
    }

    @Test
    void theUserInformationOfAnAddressIsHiddenWhereverItComesFrom() {
        assertThat(Secrets.NONE.hide("Cannot reach http://me:hush@a.test/x"))
                .isEqualTo("Cannot reach http://***@a.test/x");
        assertThat(Secrets.of("{\"a\":1}", MASK).hide("//me:hush@a.test")).isEqualTo("//***@a.test");
        assertThat(Secrets.NONE.hide(null)).isNull();
    }

    /** A library may quote the password alone, or decoded. */
    @Test
    void thePasswordInAnArgumentsAddressIsHiddenByItself() {
        Secrets secrets = Secrets.of("{\"urls\":[\"https://me:hunter%402@a.test/\"]}", Set.of());
        assertThat(secrets.hide("Wrong password hunter%402 or hunter@2 for me"))
                .isEqualTo("Wrong password *** or *** for me");
        assertThat(secrets.hide("from me")).isEqualTo("from me");
    }
}
