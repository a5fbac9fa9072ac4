package dev.errand.tasks.datastore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases, and the differences of their SQL. Pure. */
enum Database {
    H2(16_384, "SCHEMA()", "remarks"),
    POSTGRESQL(
            1_600,
            "current_schema()",
            "obj_description((quote_ident(table_schema) || '.' || quote_ident(table_name))::regclass, 'pg_class')"),
    MARIADB(1_017, "DATABASE()", "table_comment");

    /** The most characters of a VARCHAR of H2. */
    static final int H2_CHARS = 1_000_000;

    /** The most digits behind the decimal separator of a DECIMAL of MariaDB, and the most in all. */
    private static final int MARIADB_SCALE = 30;

    private static final int MARIADB_DIGITS = 65;

    private final int columns;
    private final String schema;
    private final String comment;

    Database(int columns, String schema, String comment) {
        this.columns = columns;
        this.schema = schema;
        this.comment = comment;
    }

    static Database of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Database database : values()) {
            if (database.name().equalsIgnoreCase(product)) {
                return database;
            }
        }
        throw new DatastoreException(
                "datastore.load knows no database " + product + ". Use PostgreSQL, MariaDB or H2.");
    }

    /** Returns the most columns of a table. */
    int columns() {
        return columns;
    }

    /** Returns the expression for the schema of unqualified names. */
    String currentSchema() {
        return schema;
    }

    /** Returns the expression for a table's comment in {@code information_schema.tables}. */
    String comment() {
        return comment;
    }

    /** Returns the name in the case in which a statement finds it without quotes. */
    String fold(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return name;
        }
        return this == H2 ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
    }

    String quote(String name) {
        return this == MARIADB ? "`" + name.replace("`", "``") + "`" : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    String quoteAll(List<TableColumn> columns) {
        return columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
    }

    /** Returns the type of a column in SQL. */
    String type(TableColumn column) {
        return switch (column.type()) {
            case INTEGER -> "BIGINT";
            case DECIMAL -> decimal(column);
            case FLOAT -> "DOUBLE PRECISION";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case DATETIME -> this == MARIADB ? "DATETIME(6)" : "TIMESTAMP(6)";
            case INSTANT -> this == MARIADB ? "DATETIME(6)" : "TIMESTAMP(6) WITH TIME ZONE";
            case TEXT -> text(column);
        };
    }

    private String decimal(TableColumn column) {
        if (this == MARIADB) {
            return column.scale() <= MARIADB_SCALE
                    ? "DECIMAL(" + MARIADB_DIGITS + ", " + column.scale() + ")"
                    : "DOUBLE PRECISION";
        }
        return this == H2 ? "DECFLOAT(200)" : "NUMERIC";
    }

    private String text(TableColumn column) {
        return switch (this) {
            case POSTGRESQL -> "TEXT";
            case H2 -> column.chars() < 0 ? "CHARACTER LARGE OBJECT" : "CHARACTER VARYING";
            case MARIADB -> column.chars() > 0 ? "VARCHAR(" + column.chars() + ")" : "LONGTEXT";
        };
    }

    /** Returns whether a decimal of this scale keeps all of its digits in the column. */
    boolean keeps(TableColumn column, int scale) {
        return this != MARIADB || column.scale() > MARIADB_SCALE || scale <= column.scale();
    }

    /** Returns the parameter of an INSERT for a value that is given as text. */
    String parameter(TableColumn column) {
        return this == POSTGRESQL ? "CAST(? AS " + type(column) + ")" : "?";
    }

    /** Returns a value as this database reads it. */
    String literal(TableColumn column, String value) {
        // UTC, which a DATETIME does not say
        return this == MARIADB && column.type() == dev.errand.tasks.data.ColumnType.INSTANT && value != null
                ? value.substring(0, value.length() - 3)
                : value;
    }

    /** Returns the part of a CREATE TABLE after the columns. */
    String tableOptions(String comment) {
        return this == MARIADB
                ? " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin COMMENT='" + comment + "'"
                : "";
    }

    /** Returns the type of a long text in a table of the datastore itself. */
    String longText() {
        return switch (this) {
            case POSTGRESQL -> "TEXT";
            case H2 -> "CHARACTER LARGE OBJECT";
            case MARIADB -> "LONGTEXT";
        };
    }

    /** Returns the statement that adds rows of one table to another. */
    String insertFrom(String from, String to, List<TableColumn> columns, List<String> key) {
        String list = quoteAll(columns);
        String insert = "INSERT INTO " + to + " (" + list + ") SELECT " + list + " FROM " + from;
        if (key.isEmpty()) {
            return insert;
        }
        if (this == H2) {
            return "MERGE INTO " + to + " (" + list + ") KEY (" + quoteNames(key) + ") SELECT " + list + " FROM "
                    + from;
        }
        List<TableColumn> others =
                columns.stream().filter(column -> !key.contains(column.name())).toList();
        if (this == POSTGRESQL) {
            return insert + " ON CONFLICT (" + quoteNames(key) + ") DO "
                    + (others.isEmpty()
                            ? "NOTHING"
                            : "UPDATE SET " + assignments(others, name -> "EXCLUDED." + quote(name)));
        }
        return insert + " ON DUPLICATE KEY UPDATE "
                + assignments(others.isEmpty() ? columns : others, name -> "VALUES(" + quote(name) + ")");
    }

    private String assignments(List<TableColumn> columns, java.util.function.UnaryOperator<String> value) {
        return columns.stream()
                .map(column -> quote(column.name()) + " = " + value.apply(column.name()))
                .collect(Collectors.joining(", "));
    }

    String quoteNames(List<String> names) {
        return names.stream().map(this::quote).collect(Collectors.joining(", "));
    }
}
