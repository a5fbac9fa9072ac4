package dev.errand.tasks.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The separators of a text file. Immutable. Pure.
 *
 * @param delimiter between the cells
 * @param quote around a cell
 * @param lineEnd {@code LF}, {@code CRLF}, {@code CR} or {@code mixed}
 * @param named whether the first line names the delimiter ({@code sep=;}), as Excel writes it
 */
record CsvDialect(char delimiter, char quote, String lineEnd, boolean named) {
    private static final char[] DELIMITERS = {'\t', ';', ',', '|'};
    private static final int ROWS = 200;

    /**
     * Finds the dialect of the beginning of a text: the delimiter with which most rows have the same number of cells. If
     * several have, the one with more typed cells, then with more cells.
     *
     * @param whole whether the sample is the whole text
     * @param asked the delimiter that the sender names; null if none
     */
    static CsvDialect of(String sample, boolean whole, Character asked) {
        String text = whole ? sample : sample.substring(0, Math.max(lastLineEnd(sample), 0));
        String lineEnd = lineEnd(text);
        if (text.regionMatches(true, 0, "sep=", 0, 4) && text.length() > 5 && "\r\n".indexOf(text.charAt(5)) >= 0) {
            return new CsvDialect(asked == null ? text.charAt(4) : asked, '"', lineEnd, true);
        }
        char quote = quote(text);
        if (asked != null) {
            return new CsvDialect(asked, quote, lineEnd, false);
        }
        Score best = null;
        for (char delimiter : DELIMITERS) {
            Score score = score(text, delimiter, quote);
            if (score != null && (best == null || score.isBetterThan(best))) {
                best = score;
            }
        }
        return new CsvDialect(best == null ? ',' : best.delimiter(), quote, lineEnd, false);
    }

    private static int lastLineEnd(String text) {
        int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        return end < 0 ? text.length() : end;
    }

    private static String lineEnd(String text) {
        int crlf = 0;
        int cr = 0;
        int lf = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                crlf++;
                i++;
            } else if (c == '\r') {
                cr++;
            } else if (c == '\n') {
                lf++;
            }
        }
        int kinds = (crlf > 0 ? 1 : 0) + (cr > 0 ? 1 : 0) + (lf > 0 ? 1 : 0);
        return kinds > 1 ? "mixed" : crlf > 0 ? "CRLF" : cr > 0 ? "CR" : "LF";
    }

    /** Returns the apostrophe only if it stands at both ends of cells, and the quotation mark does not. */
    private static char quote(String text) {
        boolean marks = false;
        int apostrophes = 0;
        for (int i = 0; i < text.length(); i++) {
            char before = i == 0 ? '\n' : text.charAt(i - 1);
            char after = i + 1 == text.length() ? '\n' : text.charAt(i + 1);
            marks |= text.charAt(i) == '"' && isEdge(before);
            if (text.charAt(i) == '\'') {
                apostrophes += isEdge(before) ? 1 : isEdge(after) ? -1 : 0;
                if (isEdge(before) && text.indexOf("'", i + 1) < 0) {
                    return '"';
                }
            }
        }
        boolean quoted =
                text.startsWith("'") || text.matches("(?s).{0,4000}?[\\t;,|\\r\\n]'[^']{0,200}'[\\t;,|\\r\\n].*");
        return !marks && quoted && apostrophes == 0 ? '\'' : '"';
    }

    private static boolean isEdge(char c) {
        return c == '\n' || c == '\r' || c == '\t' || c == ';' || c == ',' || c == '|';
    }

    /** The quality of a delimiter. */
    private record Score(char delimiter, double consistent, double typed, int cells) {
        boolean isBetterThan(Score other) {
            if (Math.abs(consistent - other.consistent) > 0.1) {
                return consistent > other.consistent;
            }
            if (Math.abs(typed - other.typed) > 0.1) {
                return typed > other.typed;
            }
            return cells > other.cells;
        }
    }

    /** Returns null if the rows have one cell. */
    private static Score score(String text, char delimiter, char quote) {
        List<CsvRecord> rows = new ArrayList<>();
        Map<Integer, Integer> counts = new HashMap<>();
        try (CsvReader<CsvRecord> reader =
                CsvRows.builder(delimiter, quote).allowUnclosedQuote(true).ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (rows.size() == ROWS) {
                    break;
                }
                rows.add(row);
                counts.merge(row.getFieldCount(), 1, Integer::sum);
            }
        } catch (CsvParseException | java.io.IOException e) {
            // a quote or a limit that makes no sense with this delimiter
            return null;
        }
        int most = counts.entrySet().stream()
                .filter(entry -> entry.getKey() > 1)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0);
        if (most == 0) {
            return null;
        }
        CellScan scan = new CellScan();
        long cells = 0;
        long typed = 0;
        for (CsvRecord row : rows) {
            for (String cell : row.getFields()) {
                cells++;
                typed += scan.read(cell) != 0 ? 1 : 0;
            }
        }
        return new Score(delimiter, (double) counts.get(most) / rows.size(), (double) typed / cells, most);
    }
}
