package dev.errand.store;

/** An error in its stored form: cut to the size of the columns, without the characters that PostgreSQL refuses. */
public record ErrorText(String type, String message, String trace) {
    /** The error type of a run whose node crashed: no exception was thrown. */
    public static final String NODE_WENT_AWAY = "dev.errand.NodeWentAway";

    /** The error type of a step that is REVOKED because a step for which it waited ended without success. */
    public static final String STEP_FAILED = "dev.errand.StepFailed";

    /** The error type of a step for failures that is REVOKED because no step has failed. */
    public static final String NOT_NEEDED = "dev.errand.NotNeeded";

    private static final int TYPE_MAX = 500;
    private static final int MESSAGE_MAX = 4_000;

    public ErrorText {
        type = clean(type, TYPE_MAX);
        message = clean(message, MESSAGE_MAX);
        trace = clean(trace, Integer.MAX_VALUE);
    }

    /**
     * Returns the text in a form that each database can store: PostgreSQL refuses NUL, and every database refuses half
     * a surrogate pair, which a cut may leave.
     */
    public static String clean(String text, int max) {
        if (text == null) {
            return null;
        }
        String cut = text.length() <= max ? text : text.substring(0, max - 1) + "…";
        return cut.replace('\0', '\uFFFD').replaceAll("[\\ud800-\\udfff]", "\uFFFD");
    }
}
