package dev.errand.it.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;

/** A PostgreSQL of a test's own, brought by the build. */
public final class Postgres {
    private Postgres() {}

    /** Ten seconds, its own patience, are few for a loaded machine. */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(3));
    }
}
