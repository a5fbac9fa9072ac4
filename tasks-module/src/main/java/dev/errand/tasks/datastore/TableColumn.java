package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Column;
import dev.errand.tasks.data.ColumnType;

/**
 * A column of a table. Immutable.
 *
 * @param name its name, as the database has it
 * @param type its type
 * @param scale the digits behind the decimal separator that it can have, for a decimal
 * @param chars the characters that it can have, for a text in a key; 0 if they are not limited
 */
record TableColumn(String name, ColumnType type, int scale, int chars) {

    /** Makes a column for a new table. */
    static TableColumn of(Column column, boolean key, Database database) {
        int scale = Math.max(10, column.scale());
        int chars = column.type() != ColumnType.TEXT
                ? 0
                : key ? Math.max(255, column.maxChars()) : column.maxChars() > Database.H2_CHARS ? -1 : 0;
        return new TableColumn(database.fold(column.name()), column.type(), scale, chars);
    }
}
