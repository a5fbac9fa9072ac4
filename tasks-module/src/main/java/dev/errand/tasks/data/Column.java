package dev.errand.tasks.data;

/**
 * A column of a file. Immutable.
 *
 * @param name its name, which no other column has, whatever the case
 * @param index its place in the file; -1 if the file does not have it
 * @param type its type
 * @param scale the number of digits behind the decimal separator, for a decimal
 * @param maxChars the length of its longest text
 * @param empty the number of its empty cells
 * @param hasValues whether some cell is not empty
 */
public record Column(
        String name,
        int index,
        ColumnType type,
        int scale,
        int maxChars,
        long empty,
        boolean hasValues,
        CellFormat format) {

    /** Returns the column with the type of a table's column, which fits. */
    Column as(ColumnType other) {
        CellFormat text = other == ColumnType.TEXT && type != ColumnType.TEXT
                ? new InferredFormat(ColumnType.TEXT, 0, null)
                : format;
        return new Column(name, index, other, scale, maxChars, empty, hasValues, text);
    }
}
