package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.tasks.http.ConnectionFailedException;
import dev.errand.tasks.http.UnusableAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that a server packs without being asked. */
@Timeout(30)
class ArchiverPackedTest {
    private static final byte[] TEXT = "a,b\n1,2\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private final ArchiverTask task = new ArchiverTask();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(folder, Map.of("errand.archive.max-bytes", "1000000"));
        task.http = server.http;
        task.config = server.config;
        task.clock = Clock.systemUTC();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ArchiveResult archive(String path) throws InterruptedException {
        return task.handle(new Archive(server.url(path), null), context);
    }

    private Throwable failure(String path) {
        Throwable failure = catchThrowable(() -> archive(path));
        assertThat(server.files()).isEmpty();
        return failure;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] together(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] packed(String how) throws IOException {
        return switch (how) {
            case "gzip" -> gzip(TEXT);
            case "gzip in two parts" ->
                together(gzip(Arrays.copyOf(TEXT, 7)), gzip(Arrays.copyOfRange(TEXT, 7, TEXT.length)));
            case "gzip and blanks behind" -> together(gzip(TEXT), new byte[100]);
            case "zlib" -> deflate(TEXT, false);
            default -> deflate(TEXT, true);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "X-GZip, gzip",
        "'identity, gzip', gzip",
        "gzip, gzip in two parts",
        "gzip, gzip and blanks behind",
        "deflate, zlib",
        "deflate, without a header"
    })
    void isKeptUnpacked(String coding, String how) throws Exception {
        byte[] packed = packed(how);
        server.on("/x.csv", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", coding);
            exchange.sendResponseHeaders(200, 0);
            // in small pieces, as over a real network
            for (int i = 0; i < packed.length; i += 10) {
                exchange.getResponseBody().write(packed, i, Math.min(10, packed.length - i));
                exchange.getResponseBody().flush();
            }
        });
        ArchiveResult result = archive("/x.csv");

        assertThat(folder.resolve(result.file())).hasBinaryContent(TEXT);
        assertThat(result.bytes()).isEqualTo(TEXT.length);
        assertThat(result.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT)));
    }

    @Test
    void nothingPackedIsNothing() throws Exception {
        server.on("/x", new byte[0], "Content-Encoding", "gzip");
        assertThat(folder.resolve(archive("/x").file())).isEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({"/x.csv.gz, text/csv", "/x.TGZ, ''", "/x, application/gzip", "/x, application/x-gzip; charset=binary"})
    void aPackedFileStaysOne(String path, String type) throws Exception {
        byte[] packed = gzip(TEXT);
        server.on(path, packed, "Content-Encoding", "gzip", "Content-Type", type);
        assertThat(folder.resolve(archive(path).file())).hasBinaryContent(packed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "deflate, br", "x\u0007y"})
    void aPackingThatCannotBeUndoneIsNamed(String coding) {
        server.on("/x", 200, "hello", "Content-Encoding", coding);
        assertThat(failure("/x"))
                .isInstanceOf(UnusableAnswerException.class)
                .hasMessageContainingAll(server.url("/x"), coding.replace('\u0007', ' '), "gzip and deflate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void contentThatIsNotPackedAsItSaysFails(String coding) {
        server.on("/x", 200, "not packed at all", "Content-Encoding", coding);
        assertThat(failure("/x")).isInstanceOf(UnusableAnswerException.class).hasMessageContaining("Content-Encoding");
    }

    @Test
    void aPackedContentThatEndsTooSoonIsWorthARetry() throws IOException {
        byte[] packed = gzip(TEXT);
        server.on("/x", Arrays.copyOf(packed, packed.length - 20), "Content-Encoding", "gzip");
        assertThat(failure("/x")).isInstanceOf(ConnectionFailedException.class);
    }

    /** The part that came is whole; the one that did not must not be missed. */
    @Test
    void aConnectionThatIsCutBetweenTwoPartsIsNoEnd() throws IOException {
        byte[] first = gzip(TEXT);
        server.on("/x", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, first.length * 2L);
            exchange.getResponseBody().write(first);
            exchange.getResponseBody().flush();
        });
        assertThat(failure("/x")).isInstanceOf(ConnectionFailedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aBombStopsAtTheSizeLimit(String coding) throws IOException {
        byte[] zeros = new byte[100 * MIB];
        byte[] bomb = coding.equals("gzip") ? gzip(zeros) : deflate(zeros, false);
        server.on("/x", bomb, "Content-Encoding", coding);
        assertThat(bomb.length).isLessThan(1_000_000);
        assertThat(failure("/x"))
                .isInstanceOf(SizeLimitException.class)
                .hasMessageContaining("1000000 bytes")
                .hasMessageContaining("errand.archive.max-bytes");
    }

    /** Packed content without end that unpacks to nothing: the limit holds for the bytes from the network, too. */
    @ParameterizedTest
    @ValueSource(strings = {"a file name", "empty blocks"})
    void packedContentOfNothingStopsAtTheSizeLimit(String what) throws IOException {
        byte[] head = {0x1f, (byte) 0x8b, 8, (byte) (what.equals("empty blocks") ? 0 : 8), 0, 0, 0, 0, 0, 0};
        String piece = what.equals("empty blocks") ? "\0\0\0\u00ff\u00ff" : "name";
        try (RawServer raw = new RawServer(line -> line.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
                .send(head)
                .endlessly(piece))) {
            assertThat(catchThrowable(() -> task.handle(new Archive(raw.url("/x"), null), context)))
                    .isInstanceOf(SizeLimitException.class);
            assertThat(raw.written()).isLessThan(6L * MIB);
        }
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void anErrorIsQuotedUnpacked() throws IOException {
        byte[] packed = gzip("no such file".getBytes(StandardCharsets.UTF_8));
        server.on("/x", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(404, packed.length);
            exchange.getResponseBody().write(packed);
        });
        assertThat(failure("/x")).hasMessageContaining("404 Not Found: no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=windows-1252, windows-1252",
        "text/plain; charset=utf-16le, utf-16le",
        "text/plain, utf-16",
        "text/plain, utf-8",
        "text/plain, iso-8859-1",
        "text/plain; charset=no-such, utf-8",
        "text/plain; charset=\"\u00fc, utf-8",
        "'', utf-8"
    })
    void anErrorIsQuotedByItsCharset(String type, String charset) {
        server.on("/x", exchange -> {
            byte[] text = "für später: nichts".getBytes(charset);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(404, text.length);
            exchange.getResponseBody().write(text);
        });
        assertThat(failure("/x")).hasMessageContaining("404 Not Found: für später: nichts");
    }
}
