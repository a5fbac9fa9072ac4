package dev.errand.bench;

import dev.errand.bench.peer.PeerMain;
import dev.errand.it.ErrandServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A system that is measured, in a process of its own. */
final class Subject implements AutoCloseable {
    private static final int PEER_PORT = 17_080;
    private static int peers;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final Database database;
    private final String url;
    private final long pid;
    private final AutoCloseable process;

    private Subject(String name, Database database, String url, long pid, AutoCloseable process) {
        this.name = name;
        this.database = database;
        this.url = url;
        this.pid = pid;
        this.process = process;
    }

    /** "errand", "errand-single" (without bundles), or a peer. */
    static Subject start(String system, Database database) throws Exception {
        String jdbc = database.create(system);
        if (system.startsWith("errand")) {
            ErrandServer server = system.equals("errand-single")
                    ? new ErrandServer(system, 7100, jdbc, "errand.bundle.max", "1")
                    : new ErrandServer(system, 7000, jdbc);
            return new Subject(system, database, server.url(), server.pid(), server);
        }
        int port = PEER_PORT + peers++;
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PeerMain.class.getName(),
                        system,
                        jdbc,
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(new File(System.getProperty("errand.bench.folder"), system + ".log"))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Subject subject = new Subject(
                system, database, "http://localhost:" + port + "/", process.pid(), process::destroyForcibly);
        subject.awaitStart(process);
        return subject;
    }

    private void awaitStart(Process peer) throws Exception {
        while (true) {
            try {
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (!peer.isAlive()) {
                    throw new IllegalStateException(name + " has ended: see its log");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    String name() {
        return name;
    }

    /** The limits have no clock. */
    boolean can(String workload) {
        return !(name.startsWith("jdbc") && (workload.equals("W4") || workload.equals("W5")));
    }

    /** The compilers of the JVM take their time. */
    void warmUp(double scale) throws Exception {
        for (String workload : new String[] {"W1", "W2", "W3", "W1"}) {
            run(workload, (int) (20_000 * Math.min(1, scale)));
        }
    }

    Map<String, Double> measure(String workload, int count) throws Exception {
        database.settle();
        double cpu = Database.cpuSeconds(pid);
        double databaseCpu = database.cpuSeconds();
        long commits = database.commits(name);
        long wal = database.walBytes();
        Map<String, Double> figures = run(workload, count);
        double tens = count / 10_000.0;
        figures.put("cpu", (Database.cpuSeconds(pid) - cpu) / tens);
        figures.put("database cpu", (database.cpuSeconds() - databaseCpu) / tens);
        figures.put("commits", (double) (database.commits(name) - commits) / count);
        figures.put("wal", (double) (database.walBytes() - wal) / count);
        if (figures.get("doubled") > 0) {
            throw new IllegalStateException(name + " has run tasks twice in " + workload + ": " + figures);
        }
        return figures;
    }

    private Map<String, Double> run(String workload, int count) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(url + "?workload=" + workload + "&count=" + count))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(name + ", " + workload + ": " + answer.body());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        answer.body().lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return figures;
    }

    @Override
    public void close() {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
