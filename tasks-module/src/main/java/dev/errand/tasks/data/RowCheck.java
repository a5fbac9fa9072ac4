package dev.errand.tasks.data;

import java.util.List;

/**
 * The check of each row of a file: it has the cells of the columns, texts that databases store, values that fit the schema,
 * and no values that an earlier row has where they must be different. For one file and one thread.
 */
final class RowCheck {
    private final DataFile file;
    private final FileColumns columns;
    private final List<String> names;
    private final Problems problems;

    /** The values of the current row: as the schema reads them, otherwise the cells. */
    private final String[] values;

    RowCheck(DataFile file, FileColumns columns, Problems problems) {
        this.file = file;
        this.columns = columns;
        this.names = columns.names();
        this.problems = problems;
        this.values = new String[names.size()];
    }

    /** Returns whether a row is good, and adds the problems of one that is not. */
    boolean isGood(long number, List<String> cells) {
        boolean good = hasRightWidth(number, cells) & hasGoodCharacters(number, cells);
        if (good && columns.fields() != null) {
            good = matchesSchema(number, cells);
        }
        return good && (columns.uniqueness().isEmpty() || isUnique(number, cells));
    }

    private boolean hasRightWidth(long number, List<String> cells) {
        int count = cells.size();
        for (int i = names.size(); i < count; i++) {
            if (!Blanks.isBlank(cells.get(i))) {
                problems.add(Problem.of(
                        number,
                        null,
                        i + 1,
                        cells.get(i),
                        Problem.Code.EXTRA_CELL,
                        "The row has more cells than the table has columns (" + names.size() + ")."));
                return false;
            }
        }
        if (count < names.size() && !file.hasShortRows()) {
            problems.add(Problem.of(
                    number,
                    names.get(count),
                    count + 1,
                    null,
                    Problem.Code.MISSING_CELL,
                    "The row has " + count + " cells, the table " + names.size() + " columns."));
            return false;
        }
        return true;
    }

    private boolean hasGoodCharacters(long number, List<String> cells) {
        boolean damaged = file.encoding() != null && file.encoding().damaged();
        boolean surrogates = file.encoding() == null || file.encoding().hasSurrogates() || file.jsonColumns() != null;
        int count = Math.min(cells.size(), names.size());
        for (int i = 0; i < count; i++) {
            String cell = cells.get(i);
            if (cell.indexOf('\0') >= 0 || surrogates && hasLoneSurrogate(cell)) {
                problems.add(Problem.of(
                        number,
                        names.get(i),
                        i + 1,
                        cell.replace('\0', '\u2400'),
                        Problem.Code.BAD_CHARACTER,
                        "The cell has a character that no database stores (NUL, or half of a surrogate pair)."));
                return false;
            }
            if (damaged && cell.indexOf('\uFFFD') >= 0) {
                problems.add(Problem.of(
                        number,
                        names.get(i),
                        i + 1,
                        cell,
                        Problem.Code.ENCODING,
                        "The cell has bytes that are not "
                                + file.encoding().charset().name()
                                + ". Is the encoding right? The argument's \"encoding\" sets it."));
                return false;
            }
        }
        return true;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Reports each wrong cell of the row. */
    private boolean matchesSchema(long number, List<String> cells) {
        boolean good = true;
        for (int i = 0; i < columns.fields().length; i++) {
            if (columns.fields()[i] == null) {
                continue;
            }
            String cell = cell(cells, i);
            try {
                values[i] = columns.fields()[i].read(cell);
            } catch (CellException e) {
                problems.add(Problem.of(number, names.get(i), i + 1, cell, e.code(), e.getMessage()));
                good = false;
            }
        }
        return good;
    }

    private boolean isUnique(long number, List<String> cells) {
        if (columns.fields() == null) {
            for (int i = 0; i < values.length; i++) {
                String cell = cell(cells, i);
                values[i] = Blanks.isBlank(cell) ? null : cell;
            }
        }
        boolean good = true;
        for (Uniqueness unique : columns.uniqueness()) {
            String reason = unique.add(values);
            if (reason != null) {
                int first = unique.columns()[0];
                problems.add(
                        Problem.of(number, names.get(first), first + 1, cell(cells, first), unique.code(), reason));
                good = false;
            }
        }
        return good;
    }

    /** Returns the cell of a row, which may have too few of them. */
    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
