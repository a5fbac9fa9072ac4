package dev.errand.store;

/** An error as it is kept: cut to what the columns hold, without the characters that PostgreSQL refuses. */
public record ErrorText(String type, String message, String trace) {
    /** The type of error of a run whose node went away: nobody threw anything. */
    public static final String NODE_WENT_AWAY = "dev.errand.NodeWentAway";

    private static final int TYPE_MAX = 500;
    private static final int MESSAGE_MAX = 4_000;

    public ErrorText {
        type = clean(type, TYPE_MAX);
        message = clean(message, MESSAGE_MAX);
        trace = clean(trace, Integer.MAX_VALUE);
    }

    /** NUL cannot be stored in PostgreSQL, half a surrogate pair in no database; a cut may leave one. */
    static String clean(String text, int max) {
        if (text == null) {
            return null;
        }
        String cut = text.length() <= max ? text : text.substring(0, max - 1) + "…";
        return cut.replace('\0', '\uFFFD').replaceAll("[\\ud800-\\udfff]", "\uFFFD");
    }
}
