package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Column;
import dev.errand.tasks.data.ColumnType;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.data.Inspected;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A table and the rows for it.
 *
 * @param columns the columns of the table after the load
 * @param written the columns that the file has
 * @param same whether the table exists with exactly these columns, and its rows are deleted instead of the table
 * @param staging the name of the staging table
 */
record Target(
        String table,
        boolean exists,
        boolean same,
        LoadMode mode,
        List<TableColumn> columns,
        List<TableColumn> written,
        List<String> key,
        Inspected file,
        String staging) {
    boolean replaces() {
        return mode == LoadMode.REPLACE || !exists;
    }

    /** Returns whether the rows are taken out of the staging table, in place of its new name. */
    boolean staged() {
        return !replaces() || same;
    }

    /** Returns the name of the index of the key. */
    String keyName() {
        return staging.toLowerCase(Locale.ROOT).replace("errand_stage_", "errand_key_");
    }

    /** Returns the beginning of the names of this table's staging tables, of each load. */
    String stagingPrefix() {
        return staging.substring(0, staging.lastIndexOf('_') + 1);
    }

    static Target of(LoadRequest request, Inspected file, Tables tables, List<TableColumn> known) throws SQLException {
        Database database = tables.database();
        String table = database.fold(request.table().text());
        boolean exists = tables.exists(table);
        if (exists && !tables.isOurs(table)) {
            throw new DatastoreException("The table " + request.table().text()
                    + " exists and was not made by datastore.load, so it is not changed. Use another name.");
        }
        List<String> key = request.key().stream()
                .map(name -> database.fold(nameInFile(name, file)))
                .toList();
        boolean adds = exists && request.mode() != LoadMode.REPLACE;
        if (adds && known.isEmpty()) {
            throw new DatastoreException("The columns of the table "
                    + request.table().text() + " are not known any more. Load it with mode \"replace\".");
        }
        Inspected fitting = adds ? file.as(types(known)) : file;
        List<TableColumn> written = fitting.columns().stream()
                .map(column -> adds ? find(column, known, database) : create(column, key, database))
                .toList();
        if (written.size() > database.columns()) {
            throw new DatastoreException("The file has " + written.size()
                    + " columns, but a table of this database at most " + database.columns() + ".");
        }
        String staging = database.fold("errand_stage_" + hash(request.table().text()) + "_"
                + UUID.randomUUID().toString().substring(0, 8));
        return new Target(
                table,
                exists,
                exists && written.equals(known) && database == Database.H2,
                request.mode(),
                adds ? known : written,
                written,
                key,
                fitting,
                staging);
    }

    private static String nameInFile(String name, Inspected file) {
        return file.columns().stream()
                .map(Column::name)
                .filter(column -> column.equalsIgnoreCase(name))
                .findFirst()
                .orElse(name);
    }

    private static TableColumn create(Column column, List<String> key, Database database) {
        return TableColumn.of(column, key.contains(database.fold(column.name())), database);
    }

    private static Map<String, ColumnType> types(List<TableColumn> known) {
        Map<String, ColumnType> types = new HashMap<>();
        known.forEach(column -> types.put(column.name().toLowerCase(Locale.ROOT), column.type()));
        return types;
    }

    private static TableColumn find(Column column, List<TableColumn> known, Database database) {
        TableColumn found = known.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .orElseThrow();
        if (column.type() == ColumnType.DECIMAL && !database.keeps(found, column.scale())) {
            throw new DataFileException("The column \"" + column.name() + "\" has numbers with " + column.scale()
                    + " digits behind the decimal separator, but the table keeps " + found.scale()
                    + ". Load the file with mode \"replace\".");
        }
        return found;
    }

    private static String hash(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
