package dev.errand.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Rest;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a heap of 512 MB, and clients and called servers that want all of it, many at once: it stays up. */
class SmallHeapWildFlyIT {
    private static final int HEAP_MEGABYTES = 512;
    private static final int AT_ONCE = 16;
    private static final int MIB = 1 << 20;

    private static ServerProcess server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket hostile = listen();
    private final Rest rest = server.rest();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void start() {
        server = ServerProcess.fresh("small-heap", 16_000)
                .withHeap(HEAP_MEGABYTES)
                .with("errand.http.allow", "127.0.0.1")
                .with("errand.http.timeout", "PT20S")
                .with("errand.archive.timeout", "PT20S");
        server.deploy(ErrandEar.built()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void endHostility() throws IOException {
        hostile.close();
        threads.shutdownNow();
    }

    @Test
    void requestsListsAndAnswersOfAnySizeLeaveItUp() throws Exception {
        threads.submit(this::answerWithoutEnd);
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String url = "http://127.0.0.1:" + hostile.getLocalPort() + "/" + i;
            calls.add(call("archiver.archive", Map.of("url", url)));
            calls.add(call("webhook.notify", Map.of("url", url, "topic", "t", "payload", "p")));
        }
        String large = "[" + "{},".repeat(340_000) + "{}]";
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            rest.send("{\"task\":\"no.such\",\"argument\":" + large + "}");
        }

        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            requests.add(() -> body("Content-Length: 94371840\r\n\r\n", "{\"task\":\"x\",\"argument\":\"", "x"));
            requests.add(
                    () -> body("Transfer-Encoding: chunked\r\n\r\n", "", "10000\r\n" + "[".repeat(65_536) + "\r\n"));
            requests.add(() -> body("Content-Length: 1000000\r\n\r\n", "{\"task\":\"x\",\"argument\":", "["));
            requests.add(() -> body("X: ", "", "x"));
            requests.add(() -> rest.get("/tasks?limit=1000").status());
            requests.add(() -> rest.get("/tasks?task=no.such&limit=1000").status());
        }
        for (Future<Integer> answer : threads.invokeAll(requests)) {
            assertThat(answer.get()).as("refused, or the connection is closed").isNotEqualTo(500);
        }

        assertThat(server.isAlive()).isTrue();
        server.awaitHealth();
        for (String id : calls) {
            String state = rest.awaitEnd(id);
            assertThat(state).as("the end of " + id).isIn("SUCCESS", "FAILURE");
        }
        rest.awaitState(rest.send(Map.of("task", "example.echo", "argument", "still here")), "SUCCESS");
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    /** Its ports have an offset. */
    @Test
    void theLogNamesTheAddressThatAnswers() {
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .untilAsserted(() -> assertThat(server.log()).contains("Errand is ready: " + server.url()));
    }

    private String call(String task, Map<String, String> argument) {
        return rest.send(Map.of("task", task, "argument", argument, "maxRetries", 0));
    }

    /** Sends a head and a content without an end, and returns the status; 0 if the server closes the connection. */
    private int body(String head, String begin, String repeated) {
        String login = Base64.getEncoder().encodeToString("admin:admin-password".getBytes(StandardCharsets.UTF_8));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(latin1("POST /tasks/api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + login
                    + "\r\nContent-Type: application/json\r\n" + head + begin));
            byte[] more = latin1(repeated.repeat(Math.max(1, 65_536 / repeated.length())));
            for (int sent = 0; sent < 90 * MIB && socket.getInputStream().available() == 0; sent += more.length) {
                out.write(more);
            }
            byte[] status = socket.getInputStream().readNBytes(12);
            return status.length < 12 ? 0 : Integer.parseInt(new String(status, 9, 3, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return 0;
        }
    }

    /** One kind of answer after the other: heads, content, packed content, chunks. */
    private Void answerWithoutEnd() throws IOException {
        String ok = "HTTP/1.1 200 OK\r\n";
        byte[] bomb = bomb();
        List<byte[][]> answers = List.of(
                new byte[][] {latin1(ok + "X: "), latin1("x".repeat(65_536))},
                new byte[][] {latin1(ok), latin1("X: y\r\n".repeat(10_000))},
                new byte[][] {latin1(ok + "\r\n"), latin1("x".repeat(65_536))},
                new byte[][] {latin1(ok + "Content-Encoding: gzip\r\n\r\n"), bomb},
                new byte[][] {latin1(ok + "Transfer-Encoding: chunked\r\n\r\n1;"), latin1("x".repeat(65_536))},
                new byte[][] {latin1("HTTP/1.1 500 Error\r\n\r\n"), latin1("\u0000\u00ff".repeat(32_768))});
        for (int i = 0; ; i++) {
            Socket client = hostile.accept();
            byte[][] answer = answers.get(i % answers.size());
            threads.submit(() -> write(client, answer));
        }
    }

    private static Void write(Socket client, byte[][] answer) throws IOException {
        try (client) {
            OutputStream out = client.getOutputStream();
            out.write(answer[0]);
            for (int sent = 0; sent < 300 * MIB; sent += answer[1].length) {
                out.write(answer[1]);
            }
        }
        return null;
    }

    /** A thousand times as large when it is unpacked. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[MIB];
            for (int i : IntStream.range(0, 200).toArray()) {
                zeros[0] = (byte) i;
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
