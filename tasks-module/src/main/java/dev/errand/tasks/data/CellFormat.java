package dev.errand.tasks.data;

/** The reader of a column's cells. For one thread. */
interface CellFormat {

    /**
     * Returns the value in the form that every database reads: {@code -12.50}, {@code 2026-11-29},
     * {@code 2026-11-29 01:30:00.5}, {@code true}; with an offset in UTC, {@code 2026-11-29 01:30:00+00}.
     *
     * @return null for an empty cell
     * @throws CellException if the column does not accept the cell
     */
    String read(String cell) throws CellException;
}
