package dev.errand.api;

import java.util.Objects;
import java.util.function.Function;

/**
 * A task's argument or result, as the JSON text that is kept. Fields named in {@code errand.mask} read "***". Immutable; the
 * text is parsed only when {@link #value()} asks for it, so that a large value costs no more than its text.
 */
public final class TaskValue {
    /** JSON's null. */
    public static final TaskValue NONE = new TaskValue("null", false, text -> null);

    private final String json;
    private final boolean cut;
    private final Function<String, Object> reader;

    /** A value to send, whose JSON text the caller has already; it is checked when it is sent. */
    public static TaskValue ofJson(String json) {
        return new TaskValue(json, false, text -> text);
    }

    /**
     * @param json the text; the beginning of it if {@code cut}
     * @param reader parses a whole text to plain values
     */
    public TaskValue(String json, boolean cut, Function<String, Object> reader) {
        this.json = Objects.requireNonNull(json);
        this.cut = cut;
        this.reader = Objects.requireNonNull(reader);
    }

    /** The JSON text, whole and valid unless {@link #cut()}; "null" if there is no value. */
    public String json() {
        return json;
    }

    /** Whether the text is only the beginning: a list shows no more of a large value. */
    public boolean cut() {
        return cut;
    }

    /** The value as plain Java (String, Number, Boolean, List, Map, null), parsed by each call; the text itself if it is cut. */
    public Object value() {
        return cut ? json : reader.apply(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskValue that && cut == that.cut && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return cut ? json + "…" : json;
    }
}
