package dev.errand.tasks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://a.test", "HTTPS://a.test:8443/x?y=z", "http://127.0.0.1/", "http://[::1]:80/"})
    void takesHttpAndHttps(String url) {
        assertThat(Urls.check(url)).isEqualTo(URI.create(url));
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
                "http:///x",
                "http://a b/",
                "http://a.test/a b",
                "http://user:hush@a.test/",
                "http://hush@a.test/",
                "http://@a.test/",
                "http://127.1/",
                "http://0x7f.0.0.1/",
                "http://a.test:99999/",
                "http://a.test:0/",
                "jar:http://a.test!/",
                "http://a.test/?hush=a b"
            })
    void refusesTheRestAndKeepsSecretsOutOfTheMessage(String url) {
        assertThatThrownBy(() -> Urls.check(url))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("url")
                .message()
                .doesNotContain("hush");
    }

    @Test
    void showsAnAddressWithoutItsQuery() {
        assertThat(Urls.shown(URI.create("https://a.test:8443/x?token=hush#y"))).isEqualTo("https://a.test:8443/x?…");
    }

    @Test
    void makesOneShortLine() {
        assertThat(Urls.cut(" a\r\n\tb\0c ", 10)).isEqualTo("a b c");
        assertThat(Urls.cut("abcdef", 3)).isEqualTo("abc…");
    }
}
