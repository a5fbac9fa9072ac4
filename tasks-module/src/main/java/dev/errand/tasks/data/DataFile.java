package dev.errand.tasks.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file with tabular data, whose format is known. Its content can be read several times. Immutable. */
public final class DataFile {
    private static final int SAMPLE_CHARS = 64 * 1024;

    /** The formats that can be read. */
    enum Format {
        CSV,
        XLSX,
        JSONL;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path path;
    private final FileScan scan;
    private final Format format;
    private final Limits limits;
    private final TextEncoding encoding;
    private final CsvDialect dialect;
    private final String sheet;
    private final List<String> jsonColumns;

    private DataFile(
            Path path,
            FileScan scan,
            Format format,
            Limits limits,
            TextEncoding encoding,
            CsvDialect dialect,
            String sheet,
            List<String> jsonColumns) {
        this.path = path;
        this.scan = scan;
        this.format = format;
        this.limits = limits;
        this.encoding = encoding;
        this.dialect = dialect;
        this.sheet = sheet;
        this.jsonColumns = jsonColumns;
    }

    /**
     * Reads what is needed to know the format.
     *
     * @throws DataFileException if it is not tabular data
     * @throws dev.errand.tasks.http.BadArgumentException if an option is wrong for this file
     */
    public static DataFile of(Path path, Options options, Limits limits, Progress progress)
            throws IOException, InterruptedException {
        FileScan scan = FileScan.of(path, progress);
        if (scan.bytes() == 0) {
            throw new DataFileException("The file is empty.");
        }
        refuse(scan);
        if (scan.startsWith('P', 'K', 3, 4) || scan.startsWith('P', 'K', 5, 6)) {
            try (Spreadsheet spreadsheet = Spreadsheet.open(path)) {
                String sheet = spreadsheet.sheet(options.sheet());
                return new DataFile(path, scan, Format.XLSX, limits, null, null, sheet, null);
            }
        }
        TextEncoding encoding = TextEncoding.of(path, scan, options.encoding());
        String sample = sample(path, encoding);
        if (sample.isBlank()) {
            throw new DataFileException("The file has only blanks.");
        }
        String start = sample.stripLeading();
        if (start.startsWith("{")) {
            try (Reader text = encoding.open(path)) {
                List<String> columns = JsonRows.columns(text, progress);
                return new DataFile(path, scan, Format.JSONL, limits, encoding, null, null, columns);
            }
        }
        if (start.startsWith("[{") || start.startsWith("[\n") || start.startsWith("[\r")) {
            throw new DataFileException(
                    "The file is a JSON array. Use JSON lines: one object per line, without brackets around them"
                            + " (jq -c '.[]').");
        }
        if (start.regionMatches(true, 0, "<!doctype", 0, 9)
                || start.regionMatches(true, 0, "<html", 0, 5)
                || start.startsWith("<?xml")) {
            throw new DataFileException(
                    "The file is a page or an XML document, not tabular data. Often the link leads to"
                            + " a page about the file: use the address of the file itself.");
        }
        boolean whole = sample.length() < SAMPLE_CHARS;
        CsvDialect dialect = CsvDialect.of(sample, whole, options.delimiter());
        return new DataFile(path, scan, Format.CSV, limits, encoding, dialect, null, null);
    }

    private static void refuse(FileScan scan) {
        String kind = scan.startsWith(0xD0, 0xCF, 0x11, 0xE0)
                ? "an old Excel file (XLS). Save it as XLSX or CSV"
                : scan.startsWith(0x1F, 0x8B)
                        ? "packed with gzip. Unpack it first"
                        : scan.startsWith('%', 'P', 'D', 'F')
                                ? "a PDF. Use the table that it was made from"
                                : new String(scan.head(), StandardCharsets.ISO_8859_1).startsWith("PAR1")
                                        ? "a Parquet file. Save it as CSV"
                                        : null;
        if (kind != null) {
            throw new DataFileException("The file is " + kind + ". It can be CSV, TSV, XLSX or JSON lines.");
        }
    }

    private static String sample(Path path, TextEncoding encoding) throws IOException {
        char[] chars = new char[SAMPLE_CHARS];
        int length = 0;
        try (Reader text = encoding.open(path)) {
            for (int read = 0; read >= 0 && length < SAMPLE_CHARS; length += Math.max(0, read)) {
                read = text.read(chars, length, SAMPLE_CHARS - length);
            }
        }
        return new String(chars, 0, length);
    }

    Rows open() throws IOException {
        if (format == Format.XLSX) {
            return new SpreadsheetRows(path, sheet, limits.bytes());
        }
        Reader text = encoding.open(path);
        return format == Format.JSONL ? new JsonRows(text, jsonColumns) : new CsvRows(text, dialect);
    }

    /** Returns the hash of the content, in hexadecimal digits. */
    public String sha256() {
        return scan.sha256();
    }

    /** Fails if the file is no longer the one that was read before. */
    void checkUnchanged() throws IOException {
        if (Files.size(path) != scan.bytes()) {
            throw new DataFileException("The file was changed while it was read. Send the task again.");
        }
    }

    long bytes() {
        return scan.bytes();
    }

    Format format() {
        return format;
    }

    /** Returns the names of a JSON file's columns; null for other formats. */
    List<String> jsonColumns() {
        return jsonColumns;
    }

    /** Returns whether a row with fewer cells than columns is complete. */
    boolean hasShortRows() {
        return format == Format.XLSX;
    }

    TextEncoding encoding() {
        return encoding;
    }

    CsvDialect dialect() {
        return dialect;
    }

    String sheet() {
        return sheet;
    }

    Limits limits() {
        return limits;
    }
}
