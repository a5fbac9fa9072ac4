package dev.errand.bench;

/**
 * The work of a handler, as the argument of a task: about a hundred bytes.
 *
 * @param round the {@link Handled} that counts it
 * @param index which task of the round
 * @param startAt when it should start, in nanoseconds of this process
 * @param millis how long it takes
 * @param row whether it writes a row
 * @param fails whether its first run fails, before the row
 */
record Call(long round, int index, long startAt, int millis, boolean row, boolean fails) {
    private static final String FILLER = "x".repeat(70);

    /** The least that a task can be asked: to be counted. */
    static Call noop(long round, int index, long startAt) {
        return new Call(round, index, startAt, 0, false, false);
    }

    String argument() {
        return round + ":" + index + ":" + startAt + ":" + millis + ":" + (row ? "r" : "") + (fails ? "f" : "") + ":"
                + FILLER;
    }

    static Call read(String argument) {
        String[] parts = argument.split(":", 6);
        return new Call(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                parts[4].contains("r"),
                parts[4].contains("f"));
    }
}
