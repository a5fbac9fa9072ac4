package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.FailedStatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ArchiverTaskTest {
    private static final String HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path temp;

    private final FakeTaskContext context = new FakeTaskContext();
    private final ArchiverTask task = new ArchiverTask();
    private Path folder;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        folder = temp.resolve("not/there/yet");
        server = new TestServer(folder, Map.of());
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

    private Path file(ArchiveResult result) {
        return folder.resolve(result.file());
    }

    @Test
    void keepsACopy() throws Exception {
        server.on("/data.csv", 200, "hello", "Content-Type", "text/csv");
        ArchiveResult result = archive("/data.csv?x=y");

        assertThat(result.bytes()).isEqualTo(5);
        assertThat(result.sha256()).isEqualTo(HELLO_SHA256);
        assertThat(result.contentType()).isEqualTo("text/csv");
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.file()).doesNotContain("/", "..").endsWith(".data.csv");
        assertThat(file(result)).hasContent("hello");
        assertThat(result.name()).isNull();
        assertThat(server.files()).hasSize(1);
        assertThat(context.progress).endsWith("5/5 downloading");
    }

    @Test
    void keepsAnEmptyResource() throws Exception {
        server.on("/empty", 200, "");
        assertThat(file(archive("/empty"))).isEmptyFile();
    }

    @Test
    void asksForNoPacking() throws Exception {
        server.on("/x", 200, "hello");
        archive("/x");
        assertThat(server.requests.get(0).getRequestHeaders()).doesNotContainKey("Accept-encoding");
    }

    @Test
    void aSecondRunReplacesItsOwnFileAndTheLeftoversOfACrash() throws Exception {
        server.on("/x", 200, "hello");
        archive("/x");
        String leftover = "." + ArchiveName.stem(context.id) + ".of-a-crash.part";
        Files.writeString(folder.resolve(leftover), "he");
        Files.writeString(folder.resolve(".another.part"), "of another task");
        Path file = file(archive("/x"));

        assertThat(file).hasContent("hello");
        assertThat(server.files()).containsExactlyInAnyOrder(file.getFileName().toString(), ".another.part");
    }

    @Test
    void aFailedSecondRunLeavesTheFirstFile() throws Exception {
        server.on("/x", exchange -> {
            boolean first = server.requests.size() == 1;
            exchange.sendResponseHeaders(first ? 200 : 404, first ? 5 : -1);
            exchange.getResponseBody().write("hello".getBytes());
        });
        Path file = file(archive("/x"));
        assertThat(catchThrowable(() -> archive("/x"))).isInstanceOf(FailedStatusException.class);
        assertThat(file).hasContent("hello");
        assertThat(server.files()).hasSize(1);
    }

    @Test
    void takesASizeOfExactlyTheLimit() throws Exception {
        server.on("/x", 200, "hello");
        assertThat(task.handle(new Archive(server.url("/x"), 5L), context).bytes())
                .isEqualTo(5);
    }

    @Test
    void followsFiveRedirects() throws Exception {
        for (int i = 0; i < 6; i++) {
            server.on("/r" + i, 301 + i % 3, "", "Location", "/r" + (i + 1));
        }
        server.on("/r6", 200, "hello");

        ArchiveResult result = archive("/r1");
        assertThat(result.sha256()).isEqualTo(HELLO_SHA256);
        assertThat(result.file()).endsWith(".r1");
        assertThat(catchThrowable(() -> archive("/r0")))
                .isInstanceOf(FailedStatusException.class)
                .hasMessageContaining("more than 5 times");
    }

    @Test
    void refusesBadArguments() {
        assertThat(catchThrowable(() -> task.handle(null, context))).isInstanceOf(BadArgumentException.class);
        assertThat(catchThrowable(() -> task.handle(new Archive(null, null), context)))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("has no url");
        assertThat(catchThrowable(() -> task.handle(new Archive("http://a.test/", 0L), context)))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("maxBytes is 0");
    }
}
