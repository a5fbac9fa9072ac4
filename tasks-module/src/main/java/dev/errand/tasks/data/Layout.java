package dev.errand.tasks.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of the header. Immutable. Pure.
 *
 * @param preamble the number of rows before the table: titles and notes
 * @param header whether the next row has the names of the columns
 * @param columns the number of columns
 */
record Layout(int preamble, boolean header, int columns) {
    /** The number of rows from which the layout is decided. */
    static final int SAMPLE = 100;

    private static final int MOST_PREAMBLE = 20;

    /**
     * Decides the layout. Rows before the table have one cell at most, where the table has three or more columns. The first
     * row is a header unless it has values of the columns' types.
     *
     * @param asked whether the sender says that there is a header; null: decide
     */
    static Layout of(List<List<String>> rows, Boolean asked) {
        int width = usualWidth(rows);
        int preamble = 0;
        while (width >= 3 && preamble < Math.min(MOST_PREAMBLE, rows.size() - 1) && filled(rows.get(preamble)) <= 1) {
            preamble++;
        }
        List<List<String>> table = rows.subList(preamble, rows.size());
        boolean header = asked == null ? isHeader(table) : asked;
        return new Layout(preamble, header, header ? width(table.get(0)) : Math.max(width, width(table.get(0))));
    }

    private static int usualWidth(List<List<String>> rows) {
        Map<Integer, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(width(row), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** Returns the number of cells without the empty ones at the end. */
    static int width(List<String> row) {
        int width = row.size();
        while (width > 0 && Blanks.isBlank(row.get(width - 1))) {
            width--;
        }
        return width;
    }

    private static long filled(List<String> row) {
        return row.stream().filter(cell -> !Blanks.isBlank(cell)).count();
    }

    private static boolean isHeader(List<List<String>> table) {
        List<String> first = table.get(0);
        CellScan scan = new CellScan();
        int typed = 0;
        int years = 0;
        boolean texts = false;
        for (int i = 0; i < width(first); i++) {
            String cell = first.get(i);
            int kinds = Blanks.isBlank(cell) ? 0 : scan.read(cell) & ~CellScan.MARKER;
            boolean year =
                    (kinds & CellScan.INTEGER) != 0 && Blanks.trimmed(cell).matches("(1[5-9]|20|21)\\d\\d");
            years += year ? 1 : 0;
            typed += kinds != 0 ? 1 : 0;
            boolean below = isTyped(table, i, scan);
            texts |= kinds == 0 && !Blanks.isBlank(cell);
            if (kinds == 0 && below) {
                // a word above numbers or dates
                return true;
            }
        }
        // a table with a column per year has the years in its header
        return typed == 0 || typed == years && texts && years > 1;
    }

    private static boolean isTyped(List<List<String>> table, int column, CellScan scan) {
        boolean any = false;
        for (List<String> row : table.subList(1, table.size())) {
            if (column < row.size() && !Blanks.isBlank(row.get(column))) {
                int kinds = scan.read(row.get(column));
                if (kinds == 0) {
                    return false;
                }
                any |= kinds != CellScan.MARKER;
            }
        }
        return any;
    }
}
