package dev.errand.tasks.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;

/** The rows of a CSV, TSV or semicolon file. For one thread. */
final class CsvRows implements Rows {
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> rows;
    private CsvRecord row;

    CsvRows(Reader text, CsvDialect dialect) {
        reader = builder(dialect.delimiter(), dialect.quote())
                .maxBufferSize(Limits.ROW_CHARS)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(Limits.COLUMNS)
                                .maxFieldSize(Limits.CELL_CHARS)
                                .maxRecordSize(Limits.ROW_CHARS)
                                .build(),
                        text);
        if (dialect.named()) {
            reader.skipLines(1);
        }
        rows = reader.iterator();
    }

    static CsvReader.CsvReaderBuilder builder(char delimiter, char quote) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false);
    }

    @Override
    public boolean next() throws IOException {
        try {
            if (!rows.hasNext()) {
                return false;
            }
            row = rows.next();
            return true;
        } catch (CsvParseException e) {
            throw new DataFileException(
                    "The file cannot be read after line " + (row == null ? 0 : row.getStartingLineNumber()) + ": "
                            + reason(e)
                            + ". A row has at most " + Limits.COLUMNS + " cells, a cell at most " + Limits.CELL_CHARS
                            + " characters, and each opening quote needs a closing one.",
                    e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String reason(CsvParseException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage();
    }

    @Override
    public long number() {
        return row.getStartingLineNumber();
    }

    @Override
    public int count() {
        return row.getFieldCount();
    }

    @Override
    public String cell(int index) {
        return row.getField(index);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
