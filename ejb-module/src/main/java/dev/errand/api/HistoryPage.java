package dev.errand.api;

/**
 * The part of a task's runs and log lines to read: {@code HistoryPage.newest().runs(10).log(0)}. Immutable.
 *
 * @param runs the largest number of runs, 0 to 1,000; default 100
 * @param runsCursor the {@link TaskInfo#runsNext()} of the previous page; null for the newest runs
 * @param log the largest number of log lines, 0 to 1,000; default 1,000
 * @param logCursor the {@link TaskInfo#logNext()} of the previous page; null for the newest lines
 */
public record HistoryPage(int runs, String runsCursor, int log, String logCursor) {

    /** The largest number of runs, and of log lines, in one answer. */
    public static final int MAX = 1_000;

    private static final HistoryPage NEWEST = new HistoryPage(100, null, MAX, null);

    public HistoryPage {
        check("runs", runs);
        check("log", log);
    }

    private static void check(String name, int number) {
        if (number < 0 || number > MAX) {
            throw new InvalidValueException(name, name + " " + number + " is not between 0 and " + MAX + ".");
        }
    }

    /** Returns a page with the newest 100 runs and the newest 1,000 log lines. */
    public static HistoryPage newest() {
        return NEWEST;
    }

    public HistoryPage runs(int runs) {
        return new HistoryPage(runs, runsCursor, log, logCursor);
    }

    public HistoryPage runsCursor(String runsCursor) {
        return new HistoryPage(runs, runsCursor, log, logCursor);
    }

    public HistoryPage log(int log) {
        return new HistoryPage(runs, runsCursor, log, logCursor);
    }

    public HistoryPage logCursor(String logCursor) {
        return new HistoryPage(runs, runsCursor, log, logCursor);
    }
}
