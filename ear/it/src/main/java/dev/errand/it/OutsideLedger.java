package dev.errand.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The calls of handlers, which no rollback takes back: a small HTTP server on this machine counts the calls of each
 * task. A handler calls it by the step {@link #call()} of its script.
 */
public final class OutsideLedger implements AutoCloseable {
    /** As many as a node runs at once. */
    private static final int THREADS = 16;

    private static final int MOST_TASKS = 100_000;
    private static final String PATH = "/calls/";

    /** It has been done, and the handler does not know it yet: in that moment harm should come to it. */
    private static final long ANSWER_AFTER = Duration.ofMillis(20).toNanos();

    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    public OutsideLedger() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::count);
        server.setExecutor(threads);
        server.start();
    }

    private void count(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring(PATH.length());
        int status = 507;
        if (calls.size() < MOST_TASKS) {
            calls.merge(id, 1, Integer::sum);
            LockSupport.parkNanos(ANSWER_AFTER);
            status = 204;
        }
        // a connection may end at the moment of its next use, and no client repeats a POST for that
        exchange.getResponseHeaders().add("Connection", "close");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** The step of a script that calls it. */
    public String call() {
        return "call http://localhost:" + server.getAddress().getPort() + PATH;
    }

    /** How often it was called for a task. */
    public int calls(String id) {
        return calls.getOrDefault(id, 0);
    }

    /** The ids with this beginning that it was called for. */
    Set<String> called(String idStart) {
        return calls.keySet().stream().filter(id -> id.startsWith(idStart)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
