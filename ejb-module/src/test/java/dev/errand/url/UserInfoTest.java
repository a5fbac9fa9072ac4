package dev.errand.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserInfoTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://me:hush@a.test/x|http://***@a.test/x",
                "GET https://hush@a.test failed|GET https://***@a.test failed",
                "a //me:hu@sh@b c|a //***@b c",
                "{\"url\":\"http:\\/\\/me:hush@a.test\"}|{\"url\":\"http:\\/\\/***@a.test\"}",
                "http:me:hush@a.test|http:***@a.test",
                "http:\\\\me:hush@a.test|http:\\\\***@a.test",
                "http://me:hu sh@a.test|http://***@a.test",
                "jdbc:postgresql://me:hush@db/x|jdbc:postgresql://***@db/x",
                "http://a.test/ http://me:hush@b.test/|http://a.test/ http://***@b.test/",
                "x://a:b@c x://d:e@f|x://***@c x://***@f",
            })
    void isMasked(String text, String shown) {
        assertThat(UserInfo.masked(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "me@a.test",
                "mailto:me@a.test",
                "http://a.test/@me",
                "http://a.test?q=me@b",
                "see http://a.test or mail me@a.test",
                "//a.test/x me@b",
                "a/b@c",
                "http://a.test#@x"
            })
    void anAtInAnotherPlaceIsNoUserInfo(String text) {
        assertThat(UserInfo.masked(text)).isEqualTo(text);
    }

    @Test
    void itsSecretsAreThePasswordAndTheToken() {
        assertThat(secrets("http://me:h%40sh@a.test/ https://gh_0123456789@b.test https://git@c.test"))
                .containsExactly("me:h%40sh", "h%40sh", "h@sh", "gh_0123456789", "gh_0123456789", "gh_0123456789");
    }

    private static List<String> secrets(String text) {
        List<String> found = new ArrayList<>();
        UserInfo.secrets(text, found::add);
        return found;
    }

    /** Hostile texts: were each beginning read to the end of the text, a megabyte would take an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"http:", "//a", "//", "/\\", "@", "//@", "http:@", "//a@b ", "x://"})
    @Timeout(20)
    void aLongTextIsReadOnce(String piece) {
        String text = piece.repeat(2_000_000 / piece.length());
        assertThat(UserInfo.masked("@" + text)).isNotNull();
        assertThat(UserInfo.masked(text + "@")).isNotNull();
    }
}
