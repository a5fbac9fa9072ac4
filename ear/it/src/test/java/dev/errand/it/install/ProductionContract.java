package dev.errand.it.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.it.client.Rest;
import dev.errand.it.client.Tls;
import dev.errand.it.database.PasswordPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The facts about every server that a page of docs/install has set up. */
abstract class ProductionContract {
    static final String TLS_PASSWORD = "tls-password";

    /** Where the scripts of all servers are. */
    static final Path SCRIPTS = Path.of(System.getProperty("errand.it.scripts"));

    private final int http;
    private final int https;
    private final int[] management;
    private final Rest rest;

    ProductionContract(int http, int https, int... management) {
        this.http = http;
        this.https = https;
        this.management = management;
        this.rest = Rest.on(http);
    }

    abstract PasswordPostgres postgres();

    /** The file with key and certificate, its password is {@link #TLS_PASSWORD}. */
    abstract Path keystore();

    /** The lines of the log of HTTP requests. */
    abstract Stream<String> accessLog() throws IOException;

    /** The names that no answer may contain. */
    abstract String[] namesOfTheServer();

    @Test
    void aTaskRunsAndItsRecordIsInPostgres() throws Exception {
        String id = rest.send(Map.of("task", "example.echo", "argument", "Hello"));
        rest.awaitState(id, "SUCCESS");
        assertThat(postgres().state(id)).isEqualTo("SUCCESS");
    }

    @Test
    void rolesAreThoseOfTheServersUsers() {
        rest.asAnonymous().get("/handlers").expect(401);
        rest.as("admin", "wrong").get("/handlers").expect(401);
        rest.as("viewer").get("/handlers").expect(200);
        rest.as("viewer").post("/tasks", Map.of("task", "example.echo")).expect(403);
    }

    @Test
    void othersReachItByTlsOnly() throws Exception {
        assertThat(Tls.get(https, "/tasks/api/health", keystore(), TLS_PASSWORD).statusCode())
                .isEqualTo(200);
        // an address that is not 127.0.0.1: HTTPS is there, plain HTTP and management are not
        connect("127.0.0.2", https);
        onThisMachineOnly(http);
        for (int port : management) {
            onThisMachineOnly(port);
        }
    }

    private static void onThisMachineOnly(int port) throws IOException {
        connect("127.0.0.1", port);
        assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(ConnectException.class);
    }

    private static void connect(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5_000);
        }
    }

    @Test
    void nothingTellsWhichServerItIs() {
        String root = "http://localhost:" + http;
        for (Rest.Answer answer : new Rest.Answer[] {
            rest.asAnonymous().get("/handlers"), rest.get("/no/such"), rest.get(root + "/"), rest.get(root + "/none")
        }) {
            assertThat(answer.text() + answer.headers().map()).doesNotContainIgnoringCase(namesOfTheServer());
        }
    }

    @Test
    void eachHeaderThatGuardsAnAnswerIsThereOnce() throws Exception {
        for (HttpHeaders headers : List.of(
                Tls.get(https, "/tasks/api/health", keystore(), TLS_PASSWORD).headers(),
                Tls.get(https, "/tasks/", keystore(), TLS_PASSWORD).headers(),
                rest.get("http://localhost:" + http + "/tasks/").expect(200).headers(),
                rest.get("/handlers").expect(200).headers(),
                rest.get("/no/such").expect(404).headers(),
                rest.asAnonymous().get("/handlers").expect(401).headers())) {
            assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.allValues("Referrer-Policy")).containsExactly("same-origin");
            assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
            assertThat(headers.allValues("Content-Security-Policy"))
                    .singleElement()
                    .satisfies(policy -> assertThat(policy)
                            .contains("default-src 'self'", "frame-ancestors 'none'")
                            .doesNotContain("unsafe"));
        }
    }

    @Test
    void requestsAreLogged() {
        rest.get("/queues").expect(200);
        Awaitility.await().until(() -> {
            try (Stream<String> lines = accessLog()) {
                return lines.anyMatch(
                        line -> line.contains("admin") && line.contains("\"GET /tasks/api/queues HTTP/1.1\" 200"));
            }
        });
    }

    static Stream<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.lines(file) : Stream.of();
    }
}
