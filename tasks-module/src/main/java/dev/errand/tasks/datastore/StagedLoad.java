package dev.errand.tasks.datastore;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A load on a database that commits at each change of a table's definition, as MariaDB and H2 do: the rows go into a staging
 * table, then into the table, or the staging table takes the table's name.
 */
final class StagedLoad {
    /** The rows of a transaction that fills a staging table. */
    private static final int COMMIT_EVERY = 10_000;

    private final DataSource dataSource;

    StagedLoad(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Loads.
     *
     * @param locked holds the lock of the table in a transaction, which must see no change of a definition
     */
    void run(Target target, Tables locked) throws SQLException, IOException, InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            Tables work = new Tables(connection, locked.database(), locked.schema());
            clear(work, target);
            work.create(target.staging(), target.written());
            boolean taken = false;
            try {
                strictly(work, () -> fill(work, target));
                if (target.replaces() && !target.same()) {
                    work.createKey(target.staging(), target.key(), target.keyName());
                    swap(work, target);
                } else {
                    work.createKey(target.table(), target.key(), target.keyName());
                    strictly(locked, () -> take(locked, target));
                }
                taken = true;
            } finally {
                if (!taken) {
                    dropQuietly(work, target);
                }
            }
        }
    }

    private static void fill(Tables work, Target target) throws SQLException, IOException, InterruptedException {
        work.connection().setAutoCommit(false);
        try {
            RowWriter.write(work, target.staging(), target.written(), target.file(), COMMIT_EVERY);
        } finally {
            work.endTransaction();
        }
    }

    private interface Work {
        void run() throws SQLException, IOException, InterruptedException;
    }

    /** Does work on MariaDB so that a value which does not fit is an error; it may otherwise be cut, with a warning. */
    private static void strictly(Tables tables, Work work) throws SQLException, IOException, InterruptedException {
        if (tables.database() != Database.MARIADB) {
            work.run();
            return;
        }
        String mode = tables.select("SELECT @@SESSION.sql_mode").get(0);
        tables.update("SET SESSION sql_mode = ?", mode + ",STRICT_ALL_TABLES");
        try {
            work.run();
        } finally {
            tables.update("SET SESSION sql_mode = ?", mode);
        }
    }

    /** Gives the staging table the name of the table. MariaDB does so in one step. */
    private static void swap(Tables work, Target target) throws SQLException {
        if (work.database() == Database.MARIADB) {
            String old = target.staging() + "_old";
            String renames = target.exists() ? work.name(target.table()) + " TO " + work.name(old) + ", " : "";
            work.execute("SET STATEMENT lock_wait_timeout = " + Tables.PATIENCE_SECONDS + " FOR RENAME TABLE " + renames
                    + work.name(target.staging()) + " TO " + work.name(target.table()));
            if (target.exists()) {
                work.drop(old);
            }
            return;
        }
        if (target.exists()) {
            work.drop(target.table());
        }
        work.rename(target.staging(), target.table());
    }

    /** Takes the rows out of the staging table, in the transaction that remembers the load. */
    private static void take(Tables locked, Target target) throws SQLException {
        if (target.replaces()) {
            locked.execute("DELETE FROM " + locked.name(target.table()));
        }
        locked.execute(locked.database()
                .insertFrom(
                        locked.name(target.staging()),
                        locked.name(target.table()),
                        target.written(),
                        target.mode() == LoadMode.UPSERT && !target.replaces() ? target.key() : List.of()));
    }

    /** Drops what this load and earlier ones of the table have left, which a crash may have ended. */
    static void clear(Tables work, Target target) throws SQLException {
        for (String left : work.startingWith(target.stagingPrefix())) {
            work.drop(left);
        }
    }

    private static void dropQuietly(Tables work, Target target) {
        try {
            clear(work, target);
        } catch (SQLException e) {
            // the next load of the table does it; the first error says more
        }
    }
}
