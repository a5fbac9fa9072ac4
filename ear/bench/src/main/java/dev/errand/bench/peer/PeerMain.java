package dev.errand.bench.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.errand.bench.TaskQueue;
import dev.errand.bench.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A peer in a process of its own: peer, JDBC URL, port. */
public final class PeerMain {
    private PeerMain() {}

    public static void main(String[] args) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[1]);
        config.setUsername("postgres");
        config.setMaximumPoolSize(40);
        config.setMinimumIdle(40);
        HikariDataSource database = new HikariDataSource(config);
        TaskQueue queue =
                switch (args[0]) {
                    case "db-scheduler" -> new DbSchedulerPeer(database);
                    case "jobrunr" -> new JobRunrPeer(database);
                    case "jdbc" -> new JdbcLimit(database, 16, 1);
                    case "jdbc-batched" -> new JdbcLimit(database, 2, 100);
                    case "quartz" -> new QuartzPeer(database);
                    default -> throw new IllegalArgumentException("No peer " + args[0]);
                };
        Workloads workloads = new Workloads(queue, database);
        HttpServer http = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[2])), 0);
        http.createContext("/", exchange -> answer(exchange, workloads));
        http.start();
    }

    private static void answer(HttpExchange exchange, Workloads workloads) throws IOException {
        Map<String, String> query = exchange.getRequestURI().getQuery() == null
                ? Map.of()
                : Map.of(
                        "workload", parameter(exchange, "workload"),
                        "count", parameter(exchange, "count"));
        int status = 200;
        String text = "";
        try {
            if (!query.isEmpty()) {
                text = workloads.run(query.get("workload"), Integer.parseInt(query.get("count"))).entrySet().stream()
                        .map(figure -> figure.getKey() + " " + figure.getValue())
                        .collect(Collectors.joining("\n"));
            }
        } catch (Exception e) {
            status = 500;
            text = e.toString();
        }
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String parameter(HttpExchange exchange, String name) {
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        throw new IllegalArgumentException("No " + name);
    }
}
