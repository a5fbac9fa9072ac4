package dev.errand.tasks.data;

/**
 * Columns whose values together are different in each row. For one thread.
 *
 * @param code the problem of a row with values that an earlier one has
 * @param columns the places of the columns
 * @param what the columns in a message
 */
record Uniqueness(Problem.Code code, int[] columns, UniqueValues seen, String what) {

    Uniqueness(Problem.Code code, int[] columns, String what) {
        this(code, columns, new UniqueValues(), what);
    }

    /**
     * Adds the values of a row.
     *
     * @param values the values of all columns of the row; null where there is none
     * @return the reason why the row is wrong; null if it is right
     */
    String add(String[] values) {
        StringBuilder together = new StringBuilder();
        boolean empty = false;
        for (int column : columns) {
            String value = values[column];
            empty |= value == null;
            together.append(value == null ? 0 : value.length()).append(':').append(value);
        }
        if (empty) {
            return code == Problem.Code.PRIMARY_KEY ? "A part of " + what + " is empty." : null;
        }
        return seen.add(together.toString()) ? null : "An earlier row has the same value of " + what + ".";
    }
}
