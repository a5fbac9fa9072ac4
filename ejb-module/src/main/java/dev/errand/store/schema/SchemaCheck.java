package dev.errand.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * Checks the version of the tables before a migration changes them, and explains the remedy if they do not match.
 * Changes nothing.
 */
final class SchemaCheck {
    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    private SchemaCheck() {}

    /**
     * Checks the tables.
     *
     * @return whether Errand has no table yet
     * @throws SQLException if this Errand must not run on these tables
     */
    static boolean check(DataSource dataSource, Flyway flyway, String ours) throws SQLException {
        boolean tables = tablesThere(dataSource);
        MigrationInfoService migrations = flyway.info();
        if (tables && migrations.applied().length == 0) {
            throw new SQLException(
                    "There is a table errand_task, but no table errand_schema that tells its version."
                            + " Restore errand_schema from a backup; or, if nothing of it is needed, drop all tables errand_*.");
        }
        for (MigrationInfo migration : migrations.applied()) {
            if (NEWER.contains(migration.getState())) {
                throw new SQLException("The tables are at version " + newest(migrations) + ", made by a newer Errand;"
                        + " this one knows them up to version " + ours
                        + ". Deploy the newer Errand again, or restore the backup that was made before it.");
            }
            if (migration.getState().isFailed()) {
                throw new SQLException("The migration to version " + migration.getVersion() + " failed half-way, "
                        + migration.getInstalledOn() + ". Restore the backup that was made before it; or undo its"
                        + " changes by hand, delete its row (success = false) from errand_schema, and deploy again.");
            }
        }
        for (ValidateOutput invalid : flyway.validateWithResult().invalidMigrations) {
            throw new SQLException(
                    invalid.errorDetails.errorCode == CoreErrorCode.CHECKSUM_MISMATCH
                            ? "Version " + invalid.version + " of the tables was made by another script than this"
                                    + " Errand has for it. Deploy the Errand that made the tables,"
                                    + " or restore a backup that this Errand made."
                            : "The tables are not those of this Errand: " + invalid.errorDetails.errorMessage);
        }
        return migrations.applied().length == 0;
    }

    private static boolean tablesThere(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            try {
                statement.execute("SELECT 1 FROM errand_task WHERE 1 = 0");
                return true;
            } catch (SQLException e) {
                // the only query that works on each database: they differ in how they store names
                return false;
            }
        }
    }

    private static String newest(MigrationInfoService migrations) {
        return Arrays.stream(migrations.applied())
                .map(MigrationInfo::getVersion)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .toString();
    }
}
