package dev.errand.tasks.data;

import java.io.IOException;

/** The rows of a file, one after the other, as text. For one thread. */
interface Rows extends AutoCloseable {

    /**
     * Goes to the next row.
     *
     * @return whether there is one
     * @throws DataFileException if the rest of the file cannot be read
     */
    boolean next() throws IOException;

    /** Returns the row's number as an editor shows it: the line, or the row of the sheet. */
    long number();

    /** Returns the number of cells. */
    int count();

    /** Returns a cell, which may be empty. */
    String cell(int index);

    /** Returns the reason why the current row is unusable; null if it is usable. */
    default Fault fault() {
        return null;
    }

    @Override
    void close() throws IOException;

    /**
     * A row that cannot be used.
     *
     * @param position the number of the column, or of the character in a line of JSON; both from 1
     */
    record Fault(Problem.Code code, int position, String value, String reason) {}
}
