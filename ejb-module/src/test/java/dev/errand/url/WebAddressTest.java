package dev.errand.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expected address is the one that a browser shows for the same text. */
class WebAddressTest {
    private static final String BASE = "http://portal.example/data/set/list.html?page=1";

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "http://a.test -> http://a.test/",
                "HTTP://A.Test/Ab -> http://a.test/Ab",
                "https://a.test:443/ -> https://a.test/",
                "http://a.test:80/ -> http://a.test/",
                "http://a.test:443/ -> http://a.test:443/",
                "http://a.test:/x -> http://a.test/x",
                "http://a.test:00080/x -> http://a.test/x",
                "http://a.test:0008080/x -> http://a.test:8080/x",
                "http://a.test/my data.csv -> http://a.test/my%20data.csv",
                "http://a.test/my%20data.csv -> http://a.test/my%20data.csv",
                "http://a.test/100% -> http://a.test/100%",
                "http://a.test/%zz%2 -> http://a.test/%zz%2",
                "http://a.test/Übersicht.csv -> http://a.test/%C3%9Cbersicht.csv",
                "http://a.test/%DCbersicht.csv -> http://a.test/%DCbersicht.csv",
                "http://a.test/数据/🌧 -> http://a.test/%E6%95%B0%E6%8D%AE/%F0%9F%8C%A7",
                "http://a.test/?q=Köln&r=a b -> http://a.test/?q=K%C3%B6ln&r=a%20b",
                "http://a.test/x? -> http://a.test/x?",
                "http://a.test/x#part -> http://a.test/x",
                "http://a.test?q#part?r -> http://a.test/?q",
                "http://a.test/x?a|b^c`d{e} -> http://a.test/x?a|b^c`d{e}",
                "http://a.test/x?a'b\"c<d> -> http://a.test/x?a%27b%22c%3Cd%3E",
                "http://a.test/a\"b<c>`d{e}^f -> http://a.test/a%22b%3Cc%3E%60d%7Be%7D%5Ef",
                "http://a.test/a'b[c]@d:e;f,g=h+i*j! -> http://a.test/a'b[c]@d:e;f,g=h+i*j!",
                "http:\\\\a.test\\b\\c?d\\e -> http://a.test/b/c?d\\e",
                "http:a.test -> http://a.test/",
                "http:/a.test/b -> http://a.test/b",
                "http:////a.test/b -> http://a.test/b",
                "http:///b -> http://b/",
                "http://a.test/b/../c -> http://a.test/c",
                "http://a.test/b/./c -> http://a.test/b/c",
                "http://a.test/b/%2e%2E/c -> http://a.test/c",
                "http://a.test/b/.%2e/%2e/c -> http://a.test/c",
                "http://a.test/../../c -> http://a.test/c",
                "http://a.test/b/.. -> http://a.test/",
                "http://a.test/b/. -> http://a.test/b/",
                "http://a.test/b//../c -> http://a.test/b/c",
                "http://a.test//b//c -> http://a.test//b//c",
                "http://a.test/... -> http://a.test/...",
                "http://a_b.test/ -> http://a_b.test/",
                "http://a-.test/ -> http://a-.test/",
                "http://a.test./ -> http://a.test./",
                "http://a%2etest/ -> http://a.test/",
                "http://%41.test/ -> http://a.test/",
                "http://münchen.test/ -> http://xn--mnchen-3ya.test/",
                "http://MÜNCHEN.test/ -> http://xn--mnchen-3ya.test/",
                "http://m%C3%BCnchen.test/ -> http://xn--mnchen-3ya.test/",
                "http://xn--mnchen-3ya.test/ -> http://xn--mnchen-3ya.test/",
                "http://straße.test/ -> http://xn--strae-oqa.test/",
                "http://STRAẞE.test/ -> http://xn--strae-oqa.test/",
                "http://βόλος.test/ -> http://xn--nxasmm1c.test/",
                "http://日本語。test/ -> http://xn--wgv71a119e.test/",
                "http://ｇｏ．test/ -> http://go.test/",
                "http://пример.испытание/ -> http://xn--e1afmkfd.xn--80akhbyknj4f/",
                "http://☃.test/ -> http://xn--n3h.test/",
                "http://💩.test/ -> http://xn--ls8h.test/",
                "http://127.0.0.1/ -> http://127.0.0.1/",
                "http://127.0.0.1./ -> http://127.0.0.1/",
                "http://１２７.０.０.１/ -> http://127.0.0.1/",
                "http://%31%32%37.0.0.1/ -> http://127.0.0.1/",
                "http://1e3.test/ -> http://1e3.test/",
                "http://1.2.3.4.test/ -> http://1.2.3.4.test/",
                "http://0x7f.test/ -> http://0x7f.test/",
                "http://[::1]:80/ -> http://[::1]/",
                "http://[2001:DB8:0:0:1:0:0:1]/ -> http://[2001:db8::1:0:0:1]/",
                "http://[0:0:0:0:0:0:0:0]/ -> http://[::]/",
                "http://[1:0:2:3:4:5:6:7]:8080/ -> http://[1:0:2:3:4:5:6:7]:8080/",
                "http://[::ffff:127.0.0.1]/ -> http://[::ffff:7f00:1]/",
                "http://[2001:db8::192.0.2.1]/ -> http://[2001:db8::c000:201]/",
            })
    void isReadAsABrowserReadsIt(String text, String address) {
        assertThat(WebAddress.parse(text)).hasToString(address);
    }

    @Test
    void blanksAroundItAndLineBreaksWithinCountForNothing() {
        assertThat(WebAddress.parse(" \t\0http://a.te\nst/b\r\n\tc \u001f ")).hasToString("http://a.test/bc");
    }

    @Test
    void aControlCharacterIsEncoded() {
        assertThat(WebAddress.parse("http://a.test/a\0b\u007f?c\u001bd")).hasToString("http://a.test/a%00b%7F?c%1Bd");
    }

    @Test
    void halfALetterIsReplaced() {
        assertThat(WebAddress.parse("http://a.test/\ud83dx")).hasToString("http://a.test/%EF%BF%BDx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://0x7f.1/",
                "http://0X7F000001/",
                "http://2130706433/",
                "http://017700000001/",
                "http://127.1/",
                "http://127.0.1/",
                "http://127.0.0.01/",
                "http://127.0.0.1.5/",
                "http://127.0.0.256/",
                "http://127.0.0.0x/",
                "http://0x/",
                "http://a.test.1/",
                "http://1./",
                "http://127..0.1/",
                "http://１２７.１/",
                "http://%30177.0.0.1/",
                "http://12\u00ad7.1/"
            })
    void aHostThatIsANumberIsDottedDecimal(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("four decimal numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:",
                "http://?q",
                "http://#x",
                "http://a b/",
                "http://a\u00a0b/",
                "http://a<b/",
                "http://a^b/",
                "http://a|b/",
                "http://a%00b/",
                "http://a%2fb/",
                "http://a%25b/",
                "http://a%/",
                "http://a%ffb/",
                "http://a:b:80/",
                "http://a..test/",
                "http://.test/",
                "http://./",
                "http://a\u200d.test/",
                "http://a\u202eb.test/",
                "http://a\ue000.test/",
                "http://a\ufffd.test/",
                "http://a\ud800.test/",
                "http://\u0301a.test/",
                "http://a\u2100b.test/",
                "http://xn--ü.test/",
                "http://\u00ad/",
                "http://[::1/",
                "http://::1/",
                "http://[::1%25lo]/",
                "http://[::1]x/",
                "http://[]/",
                "http://[1]/",
                "http://[1.2.3.4]/",
                "http://[::12345]/",
                "http://[1:2:3:4:5:6:7:8:9]/",
                "http://[1::2::3]/",
                "http://[::ffff:127.1]/",
                "http://[::ffff:0177.0.0.1]/",
                "http://a.test:99999/",
                "http://a.test:65536/",
                "http://a.test:0/",
                "http://a.test:-1/",
                "http://a.test:8o/",
                "http://a.test:１/",
            })
    void aBadHostOrPortIsRefused(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .isInstanceOf(InvalidAddressException.class)
                .message()
                .containsPattern("Its (host|port)|It has no host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "a.test",
                "www.a.test/x",
                "/path",
                "//a.test/x",
                "?q",
                "#x",
                "a.test:8080/x",
                "localhost:80",
                "C\u00f6ln:x"
            })
    void anAddressWithoutASchemeIsToldSo(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageContaining("no scheme")
                .hasMessageContaining("https://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.test/",
                "file:///etc/passwd",
                "jar:http://a.test!/",
                "javascript:alert(1)",
                "httpx://a.test/"
            })
    void anotherSchemeIsNamed(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .hasMessageContaining("\"" + text.substring(0, text.indexOf(':')) + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hush@a.test/",
                "http://hush@a.test/",
                "http://@a.test/",
                "http://:@a.test/",
                "http:\\\\me:hush@a.test",
                "http:me:hush@a.test",
                "http:/me:hush@a.test",
                "http://me:hu sh@a.test/",
                "http://me:@hush@a.test/",
                "http://me:hush@a.test:80\\@b.test/"
            })
    void aLogInIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .hasMessageContaining("log-in")
                .message()
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?page=2|http://portal.example/data/set/list.html?page=2",
                "?|http://portal.example/data/set/list.html?",
                "''|http://portal.example/data/set/list.html?page=1",
                "#top|http://portal.example/data/set/list.html?page=1",
                "other.html|http://portal.example/data/set/other.html",
                "a b.csv|http://portal.example/data/set/a%20b.csv",
                "./other|http://portal.example/data/set/other",
                "../|http://portal.example/data/",
                "..|http://portal.example/data/",
                ".|http://portal.example/data/set/",
                "../../../../x|http://portal.example/x",
                "/x?y|http://portal.example/x?y",
                "\\x|http://portal.example/x",
                "//other.example/x|http://other.example/x",
                "\\\\other.example/x|http://other.example/x",
                "/\\other.example/x|http://other.example/x",
                "https:x|https://x/",
                "https://other.example|https://other.example/",
                "http:x|http://portal.example/data/set/x",
                "http:/x|http://portal.example/x",
                "http://other.example/x|http://other.example/x",
                "Übersicht|http://portal.example/data/set/%C3%9Cbersicht",
                "x;y=http://z|http://portal.example/data/set/x;y=http://z",
                "x?http://z|http://portal.example/data/set/x?http://z",
            })
    void aRedirectLeadsWhereABrowserGoes(String reference, String address) {
        assertThat(WebAddress.parse(BASE).resolve(reference)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a.test/",
                "javascript:x",
                "//user:hush@a.test/",
                "http://0x7f.1/",
                "//0177.0.0.1/",
                "https:",
                "//[broken?hush"
            })
    void aRedirectToNowhereIsRefused(String reference) {
        assertThatThrownBy(() -> WebAddress.parse(BASE).resolve(reference))
                .isInstanceOf(InvalidAddressException.class)
                .message()
                .doesNotContain("hush");
    }
}
