package dev.errand.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgreSqlIT extends DatabaseContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        start(
                ServerProcess.fresh("postgresql", 5000)
                        .onDatabase(
                                org.postgresql.Driver.class,
                                "jdbc:postgresql://localhost:" + postgres.getPort()
                                        + "/postgres?reWriteBatchedInserts=true",
                                "postgres",
                                "any"),
                postgres.getPostgresDatabase(),
                "postgresql");
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }
}
