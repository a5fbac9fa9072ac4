package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.FailedStatusException;
import dev.errand.tasks.http.RefusedAddressException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as data portals have them: the resource that a browser fetches is the one that is archived. */
@Timeout(30)
class ArchiverAddressTest {
    @TempDir
    Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private final ArchiverTask task = new ArchiverTask();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(folder, Map.of());
        task.http = server.http;
        task.config = server.config;
        task.clock = Clock.systemUTC();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ArchiveResult archive(String url) throws InterruptedException {
        return task.handle(new Archive(url, null), context);
    }

    /** The target in the first line of the last request. */
    private String asked() {
        return server.requests.get(server.requests.size() - 1).getRequestURI().toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/my data.csv|/my%20data.csv",
                "/my%20data.csv|/my%20data.csv",
                "/Übersicht.csv|/%C3%9Cbersicht.csv",
                "/数据.csv?jahr=März&b=ä%20ö|/%E6%95%B0%E6%8D%AE.csv?jahr=M%C3%A4rz&b=%C3%A4%20%C3%B6",
                "/a/../b\\c.csv|/b/c.csv",
                "/x#sheet2|/x",
            })
    void sendsTheRequestOfABrowser(String path, String asked) throws InterruptedException {
        server.on("/", 200, "hello");
        archive(server.url(path));
        assertThat(asked()).isEqualTo(asked);
    }

    @Test
    void theFileIsNamedByTheAddress() throws InterruptedException {
        server.on("/", 200, "hello");
        assertThat(archive(server.url("/my data.csv")).file()).endsWith(".my_data.csv");
    }

    @ParameterizedTest
    @CsvSource({"a_b.test, a_b.test", "bücher.test, xn--bcher-kva.test", "BÜCHER.test, xn--bcher-kva.test"})
    void hostsWithAnUnderscoreAndInternationalOnes(String host, String sent) throws InterruptedException {
        server.on("/x", 200, "hello");
        archive(server.url(host, "/x"));
        assertThat(server.requests.get(0).getRequestHeaders().getFirst("Host")).startsWith(sent + ":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://0177.0.0.1/", "http://0x7f.1/", "http://2130706433/", "http://127.1/", "http://①②⑦.1/"})
    void noOtherNotationOfAnAddressIsCalled(String url) {
        assertThat(catchThrowable(() -> archive(url)))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("four decimal numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://１２７.0.0.2/",
                "http://127.0.0.2./",
                "http://%31%32%37.0.0.2/",
                "http:\\\\127.0.0.2",
                "http:127.0.0.2"
            })
    void anAddressThatIsReadAsAPrivateOneIsRefusedAsThat(String url) {
        assertThat(catchThrowable(() -> archive(url)))
                .isInstanceOf(RefusedAddressException.class)
                .hasMessageContaining("127.0.0.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?page=2|/a/b?page=2",
                "c d|/a/c%20d",
                "../Übersicht?ä|/%C3%9Cbersicht?%C3%A4",
                "/x#y|/x",
                "\\x|/x",
                "./|/a/",
            })
    void aRedirectLeadsWhereABrowserGoes(String location, String asked) throws InterruptedException {
        // the JDK's server writes a header's letters as Latin-1: one for each byte of the UTF-8
        String raw = new String(location.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        server.on("/", exchange -> {
            boolean first = server.requests.size() == 1;
            if (first) {
                exchange.getResponseHeaders().add("Location", raw);
            }
            exchange.sendResponseHeaders(first ? 302 : 200, -1);
        });
        archive(server.url("/a/b?page=1"));
        assertThat(asked()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//0177.0.0.1/", "http://0x7f.1/", "http://me:hush@a.test/", "ftp://a.test/", "http://a b/?hush"
            })
    void aRedirectToNowhereSaysWhy(String location) {
        server.on("/x", 302, "", "Location", location);
        assertThat(catchThrowable(() -> archive(server.url("/x"))))
                .isInstanceOf(FailedStatusException.class)
                .hasMessageStartingWith("Broken link: " + server.url("/x"))
                .hasMessageContaining("cannot be called. It")
                .hasMessageNotContaining("hush");
    }

    @Test
    void anAddressWithoutASchemeIsToldSo() {
        assertThat(catchThrowable(() -> archive("portal.example/data.csv")))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("no scheme")
                .hasMessageNotContaining("null");
    }

    @Test
    void aLogInIsRefusedWithTheWayOut() {
        assertThat(catchThrowable(() -> archive("https://me:hush@a.test/data.csv")))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("log-in")
                .hasMessageNotContaining("hush");
        assertThat(new Archive("https://me:hush@a.test/", 1L).toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=\"rain 2026.csv\"|rain 2026.csv",
                "attachment; filename=rain.csv; size=5|rain.csv",
                "inline;FILENAME = rain.csv|rain.csv",
                "attachment; filename=\"fallback.csv\"; filename*=UTF-8''%e2%82%ac%20rates.csv|€ rates.csv",
                "attachment; filename*=iso-8859-1'de'%DCbersicht.csv; filename=x|Übersicht.csv",
                "attachment; filename*=UTF-8''%ff; filename=\"x.csv\"|x.csv",
                "attachment; filename*=\"UTF-8''a%20b.csv\"|a b.csv",
                "attachment; filename=\"Übersicht.csv\"|Übersicht.csv",
                "attachment; filename=\"a\\\"b;c.csv\"|a\"b;c.csv",
                "attachment; filename=\"../../etc/passwd\"|passwd",
                "attachment; filename=\"C:\\\\temp\\\\x.csv\"|x.csv",
                "attachment; filename=\"a%20b.csv\"|a%20b.csv",
                "attachment; filename*=UTF-8''exe%E2%80%AEvsc.csv|exe vsc.csv",
                "attachment; filename*=UTF-8''a%0D%0Ab%00c.csv|a b c.csv",
                "attachment; filename*=UTF-8''..%2f|",
                "attachment; filename=\"..\"|",
                "attachment; filename=\"|",
                "attachment|",
                "filename|",
            })
    void theServersNameForTheFileIsTold(String header, String name) throws InterruptedException {
        String raw = new String(header.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        server.on("/x", 200, "hello", "Content-Disposition", raw);
        assertThat(archive(server.url("/x")).name()).isEqualTo(name);
    }
}
