package dev.errand.bench;

import dev.errand.it.database.MariaDb;
import dev.errand.it.database.Postgres;
import dev.errand.tasks.FakeTaskContext;
import dev.errand.tasks.data.DataFile;
import dev.errand.tasks.data.Inspected;
import dev.errand.tasks.data.Inspection;
import dev.errand.tasks.data.Limits;
import dev.errand.tasks.data.Options;
import dev.errand.tasks.data.Progress;
import dev.errand.tasks.datastore.Datastore;
import dev.errand.tasks.datastore.LoadMode;
import dev.errand.tasks.datastore.LoadRequest;
import dev.errand.tasks.datastore.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Loads a file of 1,000,000 rows into a table, as {@code datastore.load} does with all of its checks, and by PostgreSQL's
 * own COPY of the same file. Arguments: the number of rows, the number of rounds. The heap is the one of this Java.
 */
public final class DataLoad {
    private static final PrintStream OUT = System.out;
    private static final String COLUMNS =
            "id BIGINT, name TEXT, amount NUMERIC, day DATE, at TIMESTAMP, active BOOLEAN,"
                    + " category TEXT, note TEXT";

    private DataLoad() {}

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("errand-load");
        Path file = write(folder.resolve("rows.csv"), rows);
        OUT.printf(
                "%d rows, %d MB, heap %d MB%n",
                rows, Files.size(file) >> 20, Runtime.getRuntime().maxMemory() >> 20);
        try (EmbeddedPostgres postgres = Postgres.builder().start()) {
            DataSource database = postgres.getPostgresDatabase();
            List<Long> copies = new ArrayList<>();
            List<Long> loads = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                long copy = copy(database, file);
                long load = load(database, file, false);
                OUT.printf("round %d: COPY %d ms, load %d ms%n", round, copy, load);
                if (round > 0) {
                    copies.add(copy);
                    loads.add(load);
                }
            }
            OUT.printf(
                    "PostgreSQL, medians: COPY %d ms, load %d ms, ratio %.2f%n",
                    median(copies), median(loads), (double) median(loads) / median(copies));
            OUT.printf("PostgreSQL, upsert of all rows: %d ms%n", load(database, file, true));
        }
        try (MariaDb mariaDb = new MariaDb()) {
            DataSource database = mariaDb.fresh("load");
            mariaDb.grantDrop("load");
            OUT.printf("MariaDB: load %d ms, again %d ms%n", load(database, file, false), load(database, file, false));
        }
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + folder.resolve("h2").toAbsolutePath());
        OUT.printf("H2, a file: load %d ms, again %d ms%n", load(h2, file, false), load(h2, file, false));
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        OUT.printf("peak of the heap, with garbage: %d MB%n", peak >> 20);
    }

    private static Path write(Path file, int rows) throws Exception {
        Random random = new Random(1);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,name,amount,day,at,active,category,note\n");
            for (int i = 0; i < rows; i++) {
                out.write(i + ",name " + random.nextInt(1_000_000) + "," + random.nextInt(100_000) + "."
                        + (10 + random.nextInt(90)) + ",20" + (10 + random.nextInt(16)) + "-0" + (1 + random.nextInt(9))
                        + "-"
                        + (10 + random.nextInt(18)) + ",2026-01-02 03:04:" + (10 + random.nextInt(50)) + ","
                        + random.nextBoolean() + ",category " + random.nextInt(20) + ",\"a note, with a comma "
                        + random.nextInt(1_000) + "\"\n");
            }
        }
        // PostgreSQL has a user of its own
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private static long copy(DataSource database, Path file) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE copied (" + COLUMNS + ")");
            statement.execute("COPY copied FROM '" + file.toAbsolutePath() + "' WITH (FORMAT csv, HEADER)");
            connection.commit();
            long millis = (System.nanoTime() - start) / 1_000_000;
            statement.execute("DROP TABLE copied");
            connection.commit();
            return millis;
        }
    }

    private static long load(DataSource database, Path path, boolean upsert) throws Exception {
        long start = System.nanoTime();
        Progress progress = new Progress(new Run());
        Options options = Options.of(null, null, null, null);
        List<String> key = upsert ? List.of("id") : List.of();
        DataFile file = DataFile.of(path, options, new Limits(100_000_000, Long.MAX_VALUE), progress);
        Inspected inspected = Inspection.of(file, options, null, key, progress);
        LoadRequest request = new LoadRequest(
                UUID.randomUUID().toString(),
                TableName.of("loaded"),
                upsert ? LoadMode.UPSERT : LoadMode.REPLACE,
                key,
                file.sha256(),
                true);
        new Datastore(database, null, Clock.systemUTC()).load(request, inspected, "{}", progress);
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** A run whose log lines are seen. */
    private static final class Run extends FakeTaskContext {
        @Override
        public void log(String message) {
            OUT.println(message);
        }
    }
}
