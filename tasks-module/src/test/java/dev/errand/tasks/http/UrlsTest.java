package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.url.WebAddress;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://a.test/", "https://a.test:8443/x?y=z", "http://127.0.0.1/", "http://[::1]:8080/"})
    void takesHttpAndHttps(String url) {
        assertThat(Urls.check(url)).hasToString(url);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "a.test",
                "/path",
                "ftp://a.test/",
                "file:///etc/passwd",
                "http:",
                "http://a b/",
                "http://user:hush@a.test/",
                "http://hush@a.test/",
                "http://127.1/",
                "http://0177.0.0.1/",
                "http://a.test:99999/",
                "jar:http://a.test!/",
                "http://a.test:x/?hush=a b"
            })
    void refusesTheRestAndKeepsSecretsOutOfTheMessage(String url) {
        assertThatThrownBy(() -> Urls.check(url))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("url")
                .hasMessageNotContaining("null")
                .message()
                .doesNotContain("hush");
    }

    /** Only ASCII goes over the network. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "http://a.test/my data.csv?q=ä -> a.test -> /my%20data.csv?q=%C3%A4",
                "http://a_b.test:8080/a -> a_b.test:8080 -> /a",
                "http://a.test/a;b,c?d|e -> a.test -> /a;b,c?d|e",
                "http://a.test//b -> a.test -> //b",
                "http://[::1]:81 -> [::1]:81 -> /",
                "http://bücher.test -> xn--bcher-kva.test -> /",
            })
    void directsARequestToIt(String url, String host, String target) {
        HttpGet request = new HttpGet("/");
        Urls.address(request, WebAddress.parse(url));

        assertThat(request.getAuthority()).hasToString(host);
        assertThat(request.getRequestUri()).isEqualTo(target);
    }

    @Test
    void showsAnAddressWithoutItsQuery() {
        assertThat(Urls.shown(WebAddress.parse("https://a.test:8443/x?token=hush#y")))
                .isEqualTo("https://a.test:8443/x?…");
    }

    @Test
    void makesOneShortLineWithoutInvisibleCharacters() {
        assertThat(Urls.cut(" a\r\n\tb\0c ", 10)).isEqualTo("a b c");
        assertThat(Urls.cut("abcdef", 3)).isEqualTo("abc…");
        assertThat(Urls.cut("a\u202ecsv.exe\u200b\ud800!", 20)).isEqualTo("a csv.exe !");
        assertThat(Urls.cut("ab\ud83d\ude00", 3)).isEqualTo("ab…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Übersicht", "/数据", "/🌧", "plain"})
    void readsAHeaderAsUtf8(String text) {
        assertThat(Urls.utf8(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                .isEqualTo(text);
    }

    @Test
    void leavesAHeaderThatIsLatin1() {
        assertThat(Urls.utf8("/Übersicht")).isEqualTo("/Übersicht");
    }
}
