package dev.errand.bench.soak;

import dev.errand.bench.soak.SoakFaults.Kind;
import dev.errand.it.AppIT;
import dev.errand.it.database.Database;
import dev.errand.it.database.H2File;
import dev.errand.it.database.PostgresProcess;
import dev.errand.it.ear.ErrandEar;
import dev.errand.it.server.ServerProcess;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The nodes and the database that a soak harms.
 *
 * @param pool the name of the datasource's pool
 * @param faults the kinds that this system can have
 * @param counts SQL for connections, busy ones, bytes of all tables, bytes of the tasks, and tasks that wait or run
 */
record SoakSystem(Database database, List<ServerProcess> nodes, String pool, Set<Kind> faults, String counts) {
    private static final String LIVE =
            " (SELECT count(*) FROM errand_task WHERE state NOT IN ('SUCCESS', 'FAILURE', 'REVOKED'))";

    private static final String POSTGRESQL_COUNTS = "SELECT"
            + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),"
            + " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            + " AND state <> 'idle'),"
            + " (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'errand\\_%'),"
            + " pg_total_relation_size('errand_task')," + LIVE;

    private static final String H2_COUNTS = "SELECT (SELECT count(*) FROM information_schema.sessions),"
            + " (SELECT count(*) FROM information_schema.sessions WHERE executing_statement IS NOT NULL),"
            + " (SELECT sum(disk_space_used(table_name)) FROM information_schema.tables WHERE table_name LIKE 'ERRAND\\_%'),"
            + " disk_space_used('ERRAND_TASK')," + LIVE;

    static SoakSystem of(SoakOptions options) {
        return switch (options.database()) {
            case "postgresql" -> onPostgreSql(options);
            case "h2" -> onH2(options);
            default ->
                throw new IllegalArgumentException(
                        "The database is \"" + options.database() + "\"; there are postgresql and h2");
        };
    }

    /** The database is in the folder of the first node, which is deleted when that is made. */
    private static SoakSystem onPostgreSql(SoakOptions options) {
        PostgresProcess postgres = new PostgresProcess("soak-one", 15436);
        List<ServerProcess> nodes =
                List.of(postgres.at(node("soak-one", 16_000, options)), postgres.at(node("soak-two", 17_000, options)));
        nodes.forEach(node -> node.configure("pool-name=\"ItDS\"", "pool-name=\"ItDS\" statistics-enabled=\"true\""));
        postgres.start();
        return new SoakSystem(postgres, nodes, "ItDS", EnumSet.allOf(Kind.class), POSTGRESQL_COUNTS);
    }

    /** As it is set up; the node's process has the database, so that the two come and go together. */
    private static SoakSystem onH2(SoakOptions options) {
        ServerProcess node = node("soak-one", 16_000, options).with("wildfly.datasources.statistics-enabled", "true");
        H2File file = new H2File(node);
        return new SoakSystem(
                file,
                List.of(file.at(node)),
                "ExampleDS",
                EnumSet.complementOf(EnumSet.of(Kind.CUT, Kind.DATABASE)),
                H2_COUNTS);
    }

    private static ServerProcess node(String name, int offset, SoakOptions options) {
        return ServerProcess.fresh(name, offset)
                .with("errand.node", name)
                .with("errand.lease", "PT5S")
                .with("errand.keep.success", options.keep().toString())
                .with("errand.keep.failure", options.keep().toString())
                .withAdministrators()
                .deploy(AppIT.withApp(ErrandEar.built()));
    }

    PostgresProcess postgres() {
        return (PostgresProcess) database;
    }

    /** The one that is killed and stopped. */
    ServerProcess last() {
        return nodes.get(nodes.size() - 1);
    }

    /** Whether the process of the first node lives as long as the soak lasts. */
    boolean firstLasts() {
        return nodes.size() > 1;
    }
}
