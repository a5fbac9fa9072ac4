package dev.errand.bench;

import dev.errand.bench.peer.PeerMain;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A system in a process of its own, which answers.
 *
 * @param onStart the measurements of its start
 */
record Running(String name, String url, long pid, AutoCloseable end, Map<String, Double> onStart) {
    private static final int PEER_PORT = 17_080;
    private static int peers;

    /** "errand", "errand-single" (without batches), "errand-threads" (without a broker), or a peer. */
    static Running start(String system, String jdbc) throws Exception {
        if (system.startsWith("errand")) {
            ErrandServer server =
                    switch (system) {
                        case "errand-single" -> new ErrandServer(system, 7100, jdbc, "errand.batch.max", "1");
                        case "errand-threads" -> new ErrandServer(system, 7200, jdbc, "errand.dispatch", "threads");
                        default -> new ErrandServer(system, 7000, jdbc);
                    };
            return new Running(system, server.url(), server.pid(), server, server.onStart());
        }
        int port = PEER_PORT + peers++;
        Path folder = Files.createDirectories(Path.of(System.getProperty("errand.bench.folder")));
        File log = folder.resolve(system + ".log").toFile();
        Process process = system.equals("celery") ? Celery.start(jdbc, port, log) : java(system, jdbc, port, log);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        String url = "http://localhost:" + port + "/";
        awaitAnswer(url, process, log);
        return new Running(system, url, process.pid(), () -> end(process), Map.of());
    }

    private static Process java(String system, String jdbc, int port, File log) throws IOException {
        List<String> command = List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                PeerMain.class.getName(),
                system,
                jdbc,
                Integer.toString(port));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }

    private static void awaitAnswer(String url, Process process, File log) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        while (true) {
            try {
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("The peer has ended: see " + log);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** In good order: it ends what it has started. */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Of all its processes that live, since they began. */
    double cpuSeconds() {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToDouble(process -> Database.cpuSeconds(process.pid()))
                .sum();
    }
}
