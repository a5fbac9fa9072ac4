package dev.errand.store;

import java.util.List;

/** Tags as the text of a column: a line break before and after each, which no tag contains. Pure. */
public final class Tags {
    private static final String BREAK = "\n";

    private Tags() {}

    /** Returns null for no tags. */
    static String text(List<String> tags) {
        return tags.isEmpty() ? null : BREAK + String.join(BREAK, tags) + BREAK;
    }

    /** Returns the text of a tag, as it is within the text of all. */
    public static String within(String tag) {
        return BREAK + tag + BREAK;
    }

    /** Returns the tags; none for null. */
    public static List<String> of(String text) {
        return text == null ? List.of() : List.of(text.strip().split(BREAK));
    }
}
