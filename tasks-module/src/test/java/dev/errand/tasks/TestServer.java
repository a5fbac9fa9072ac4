package dev.errand.tasks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.errand.config.SettingReader;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.http.OutgoingHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/** An HTTP server on loopback, with a client that may call it, and no other host of this machine or network. */
final class TestServer implements AutoCloseable {
    final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);
    final TasksConfig config;
    final OutgoingHttp http;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final HttpServer server;

    /** Answers one request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    TestServer(Path folder, Map<String, String> settings) throws IOException {
        Map<String, String> keys = new HashMap<>(Map.of(
                "errand.http.allow", "127.0.0.1, a_b.test, Bücher.test",
                "errand.http.timeout", "PT10S",
                "errand.archive.timeout", "PT10S",
                "errand.archive.dir", folder.toString()));
        keys.putAll(settings);
        config = TasksConfig.read(new SettingReader(key -> Optional.ofNullable(keys.get(key))));
        http = new OutgoingHttp(config, scheduler, dns());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** Never the real DNS; and even if the guard is broken, no test leaves this machine. */
    private static DnsResolver dns() {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return switch (host) {
                    case "127.0.0.1", "127.0.0.2", "::1" -> addresses(host);
                    case "private.test" -> addresses("127.0.0.3");
                    case "a_b.test", "xn--bcher-kva.test" -> addresses("127.0.0.1");
                    default -> throw new UnknownHostException(host);
                };
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static InetAddress[] addresses(String literal) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(literal)};
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    String url(String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    /** The names of all files in the archive folder. */
    List<String> files() {
        try (Stream<Path> files = Files.list(config.archiveDir())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(exchange);
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Answers with a status, a text, and headers given as name, value, name, value. */
    void on(String path, int status, String text, String... headers) {
        on(path, exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** Answers with bytes, and headers given as name, value, name, value. */
    void on(String path, byte[] bytes, String... headers) {
        on(path, exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** Answers with one byte after the other, until the test or the client has enough. */
    void drip(String path, int status) {
        on(path, exchange -> {
            exchange.sendResponseHeaders(status, 0);
            OutputStream body = exchange.getResponseBody();
            do {
                body.write('.');
                body.flush();
            } while (!over.await(20, TimeUnit.MILLISECONDS));
        });
    }

    /** Accepts a connection, then sends one byte after the other of a TLS handshake that has no end; returns its port. */
    int dripTls() throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        threads.submit(() -> {
            try (socket;
                    Socket client = socket.accept()) {
                client.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0, 2, 0, 0x3F, (byte) 0xFC});
                while (!over.await(20, TimeUnit.MILLISECONDS)) {
                    client.getOutputStream().write(3);
                }
            }
            return null;
        });
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        http.close();
        server.stop(0);
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}
