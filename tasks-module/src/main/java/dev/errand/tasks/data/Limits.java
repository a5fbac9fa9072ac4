package dev.errand.tasks.data;

/**
 * The limits for a file. Immutable.
 *
 * @param rows the most rows
 * @param bytes the most bytes of an unpacked part of a spreadsheet
 */
public record Limits(long rows, long bytes) {
    /** The most columns: as many as a spreadsheet has. */
    public static final int COLUMNS = 16_384;

    /** The most characters of a cell. */
    public static final int CELL_CHARS = 4 * 1024 * 1024;

    /** The most characters of a row. */
    static final int ROW_CHARS = 16 * 1024 * 1024;
}
