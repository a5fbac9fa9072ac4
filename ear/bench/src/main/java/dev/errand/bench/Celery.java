package dev.errand.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Celery with RabbitMQ, where Debian's packages of both are installed. */
final class Celery {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Path BROKER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private Celery() {}

    static boolean installed() throws IOException, InterruptedException {
        if (!Files.exists(Path.of(PYTHON)) || !Files.exists(BROKER)) {
            return false;
        }
        Process imports = new ProcessBuilder(PYTHON, "-c", "import celery, psycopg2, sqlalchemy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return imports.waitFor() == 0;
    }

    /**
     * The script, which starts the broker and the worker.
     *
     * @param jdbc the database for the results
     */
    static Process start(String jdbc, int port, File log) throws IOException {
        Path folder =
                Files.createTempDirectory(log.getAbsoluteFile().getParentFile().toPath(), "celery");
        ProcessBuilder script = new ProcessBuilder(
                        List.of(PYTHON, System.getProperty("errand.bench.celery"), folder.toString(), "" + port))
                .redirectErrorStream(true)
                .redirectOutput(log);
        Map<String, String> environment = script.environment();
        // nothing of it into the sources
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        // without the driver's options, which are not psycopg's
        environment.put(
                "BENCH_RESULTS",
                jdbc.replaceFirst("\\?.*", "").replace("jdbc:postgresql://", "db+postgresql://postgres@"));
        return script.start();
    }
}
