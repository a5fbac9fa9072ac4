package dev.errand.cron;

import dev.errand.api.InvalidValueException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A field of a cron expression whose values are numbers: lists, ranges and steps. A range whose end is less than its start
 * continues at the least value, as in Celery and in EJB timers.
 */
enum CronField {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    /** 0 and 7 are Sunday. */
    DAY_OF_WEEK("day of the week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final int MOST_DIGITS = 4;

    private final String label;
    private final int least;
    private final int greatest;
    private final List<String> names;

    CronField(String label, int least, int greatest, List<String> names) {
        this.label = label;
        this.least = least;
        this.greatest = greatest;
        this.names = names;
    }

    /** Returns the values of a field without special characters. */
    BitSet values(String text) {
        BitSet values = new BitSet();
        for (String item : items(text)) {
            add(item, values);
        }
        return values;
    }

    /** Returns the parts of a list. */
    List<String> items(String text) {
        List<String> items = List.of(text.split(",", -1));
        if (items.contains("")) {
            throw wrong(text, "has an empty part in its list");
        }
        return items;
    }

    /** Adds the values of one part of a list: {@code *}, {@code 5}, {@code 1-5}, each with or without a step. */
    void add(String item, BitSet values) {
        String[] parts = item.split("/", -1);
        if (parts.length > 2) {
            throw wrong(item, "has two steps");
        }
        int step = parts.length == 1 ? 1 : step(item, parts[1]);
        String[] ends = parts[0].split("-", -1);
        int from;
        int to;
        if (parts[0].equals("*") || parts[0].equals("?")) {
            from = least;
            to = lastOfCycle();
        } else if (ends.length == 1) {
            from = value(ends[0]);
            to = parts.length == 1 ? from : Math.max(from, lastOfCycle());
        } else if (ends.length == 2) {
            from = value(ends[0]);
            to = value(ends[1]);
            if (this == DAY_OF_WEEK && to == 0 && from > 0) {
                to = 7;
            }
        } else {
            throw wrong(item, "is not a range");
        }
        int length = to >= from ? to - from : to - from + cycle();
        for (int offset = 0; offset <= length; offset += step) {
            values.set(normal(from + offset));
        }
    }

    /** Returns a value: a number, or a name. */
    int value(String text) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return least + name;
        }
        int value = number(text);
        if (value < least || value > greatest) {
            throw wrong(text, "is not " + allowed());
        }
        return value;
    }

    /** Returns a value within one cycle: Sunday is 0, never 7. */
    int normal(int value) {
        return (value - least) % cycle() + least;
    }

    private int step(String item, String text) {
        int step = number(text);
        if (step < 1 || step > lastOfCycle()) {
            throw wrong(item, "has a step that is not between 1 and " + lastOfCycle());
        }
        return step;
    }

    private int number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(text, "is not " + allowed());
        }
        return Integer.parseInt(text);
    }

    private int cycle() {
        return this == DAY_OF_WEEK ? 7 : greatest - least + 1;
    }

    private int lastOfCycle() {
        return least + cycle() - 1;
    }

    private String allowed() {
        String numbers = "a number from " + least + " to " + greatest;
        return names.isEmpty()
                ? numbers
                : numbers + " or a name from " + names.get(0) + " to " + names.get(names.size() - 1);
    }

    InvalidValueException wrong(String text, String problem) {
        return new InvalidValueException(
                "cron", "The cron expression is wrong: its " + label + " \"" + text + "\" " + problem + ".");
    }
}
