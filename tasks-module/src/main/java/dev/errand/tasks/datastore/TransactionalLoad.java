package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A load on a database where the definition of a table takes part in the transaction, as on PostgreSQL. */
final class TransactionalLoad {
    private TransactionalLoad() {}

    static void run(Target target, Tables tables, Progress progress)
            throws SQLException, IOException, InterruptedException {
        Optional<PostgresCopy> copy = PostgresCopy.of(tables.connection());
        if (copy.isEmpty()) {
            progress.say(
                    "The datasource does not give access to PostgreSQL's COPY; the rows are inserted, which takes longer.");
        }
        if (!target.replaces() && target.mode() == LoadMode.APPEND) {
            write(copy, tables, target.table(), target);
            return;
        }
        tables.create(target.staging(), target.written());
        write(copy, tables, target.staging(), target);
        tables.execute("SET LOCAL lock_timeout = '" + Tables.PATIENCE_SECONDS + "s'");
        if (!target.replaces()) {
            tables.createKey(target.table(), target.key(), target.keyName());
            tables.execute(tables.database()
                    .insertFrom(
                            tables.name(target.staging()),
                            tables.name(target.table()),
                            target.written(),
                            target.key()));
            tables.drop(target.staging());
            return;
        }
        tables.createKey(target.staging(), target.key(), target.keyName());
        if (target.exists()) {
            List<String> grants = tables.grants(target.table(), target.staging());
            tables.drop(target.table());
            for (String grant : grants) {
                tables.execute(grant);
            }
        }
        tables.rename(target.staging(), target.table());
    }

    private static void write(Optional<PostgresCopy> copy, Tables tables, String table, Target target)
            throws SQLException, IOException, InterruptedException {
        if (copy.isPresent()) {
            copy.get().write(tables, table, target.written(), target.file());
        } else {
            RowWriter.write(tables, table, target.written(), target.file(), 0);
        }
    }
}
