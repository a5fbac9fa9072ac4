package dev.errand.tasks.data;

import java.util.Locale;

/** The types of columns, as a table has them. */
public enum ColumnType {
    /** A whole number of at most 18 digits. */
    INTEGER,
    /** A number with all of its digits. */
    DECIMAL,
    /** A number with an exponent. */
    FLOAT,
    BOOLEAN,
    DATE,
    TIME,
    /** A date and a time, without an offset. */
    DATETIME,
    /** A date and a time with an offset. */
    INSTANT,
    TEXT;

    /** Returns the name that reports have. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether a column of the other type can hold every value of this one. */
    public boolean fits(ColumnType other) {
        return this == other
                || other == TEXT
                || this == INTEGER && (other == DECIMAL || other == FLOAT)
                || this == DECIMAL && other == FLOAT
                || this == DATE && other == DATETIME;
    }
}
