package dev.errand.store.schema;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
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

    /** errand_task. */
    private final String taskTable;

    /** errand_schema. */
    private final String schemaTable;

    private final String allTables;

    /** @param prefix the beginning of the tables' names, before errand_ */
    SchemaCheck(String prefix) {
        taskTable = prefix + "errand_task";
        schemaTable = prefix + "errand_schema";
        allTables = prefix + "errand_*";
    }

    /**
     * Checks the tables.
     *
     * @return whether Errand has no table yet
     * @throws SQLException if this Errand must not run on these tables
     */
    boolean check(DataSource dataSource, Flyway flyway, String ours) throws SQLException {
        boolean tables = tablesThere(dataSource);
        MigrationInfoService migrations = flyway.info();
        if (tables && migrations.applied().length == 0) {
            throw new SQLException("There is a table " + taskTable + ", but no table " + schemaTable
                    + " that tells its version. Restore "
                    + schemaTable + " from a backup; or, if nothing of it is needed, drop all tables "
                    + allTables + ".");
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
                        + " changes by hand, delete its row (success = false) from " + schemaTable
                        + ", and deploy again.");
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

    /** Looks in the default schema only: another one may have the tables of another installation. */
    private boolean tablesThere(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData database = connection.getMetaData();
            String name = taskTable.replace("_", database.getSearchStringEscape() + "_");
            // H2 stores names in upper case
            for (String stored : new String[] {name, name.toUpperCase(Locale.ROOT)}) {
                try (ResultSet tables =
                        database.getTables(connection.getCatalog(), connection.getSchema(), stored, null)) {
                    if (tables.next()) {
                        return true;
                    }
                }
            }
            return false;
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
