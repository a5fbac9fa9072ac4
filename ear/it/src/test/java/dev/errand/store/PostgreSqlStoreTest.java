package dev.errand.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskState;
import dev.errand.it.database.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlStoreTest extends StoreContract {
    private static EmbeddedPostgres postgres;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.builder().start();
        database = new Database(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
        postgres.close();
    }

    /** A rule or a trigger may keep rows, and then each chunk would begin with the same tasks. */
    @Test
    void tasksThatTheDatabaseDoesNotDeleteEndTheirPart() throws SQLException {
        TaskRecord old = new TaskRecord("old", "t.t", "default", 4, null, null, null, 0, 0, null);
        database.run(em -> Database.with(em, new TaskTransitions()).insert(List.of(old)));
        database.run(em -> Database.with(em, new TaskTransitions())
                .end(new Ended("old", 1, "node", 0, 1, null), TaskState.SUCCESS, null, null));
        execute("CREATE RULE kept AS ON DELETE TO errand_task DO INSTEAD NOTHING");
        try {
            assertThatThrownBy(() -> database.run(em ->
                            Database.with(em, new OldRecords()).prune(TaskState.SUCCESS, Long.MIN_VALUE, 1_000, 10)))
                    .hasStackTraceContaining("1 old tasks in state SUCCESS")
                    .hasStackTraceContaining("for example old");
        } finally {
            execute("DROP RULE kept ON errand_task");
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public DataSource fresh(String name) throws SQLException {
        execute("CREATE DATABASE " + name);
        return postgres.getDatabase("postgres", name);
    }

    /** The second user sees the tables in the schema public as well, as by PostgreSQL's default. */
    @Override
    public List<DataSource> withTwoSchemas() throws SQLException {
        DataSource first = fresh("schemas");
        try (Connection connection = first.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER second");
            statement.execute("CREATE SCHEMA second AUTHORIZATION second");
        }
        return List.of(first, postgres.getDatabase("second", "schemas"));
    }

    @Override
    public long entriesRead(EntityManager em) {
        Object count = em.createNativeQuery("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
                        + " WHERE relname = 'errand_task'")
                .getSingleResult();
        return ((Number) count).longValue();
    }

    /** PostgreSQL does so a minute after a table has grown by a tenth. */
    @Override
    public void awaitStatistics() throws SQLException {
        execute("ANALYZE errand_task");
    }
}
