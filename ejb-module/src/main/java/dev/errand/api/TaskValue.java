package dev.errand.api;

import java.util.Objects;
import java.util.function.Function;

/**
 * A task's argument or result, as the JSON text that is kept. Fields named in {@code errand.mask} read "***". Immutable. The
 * text is parsed only when {@link #value()} asks for it, so that a large value takes no more memory than its text.
 */
public final class TaskValue {
    /** The value null of JSON. */
    public static final TaskValue NONE = new TaskValue("null", false, text -> null);

    private final String json;
    private final boolean cut;
    private final Function<String, Object> reader;

    /** Makes a value to send from JSON text. The text is checked when the task is sent. */
    public static TaskValue ofJson(String json) {
        return new TaskValue(json, false, text -> text);
    }

    /**
     * @param json the whole text, or the beginning of it if {@code cut}
     * @param reader parses a whole text to plain values
     */
    public TaskValue(String json, boolean cut, Function<String, Object> reader) {
        this.json = Objects.requireNonNull(json);
        this.cut = cut;
        this.reader = Objects.requireNonNull(reader);
    }

    /** Returns the JSON text, whole and valid unless {@link #cut()}; "null" if there is no value. */
    public String json() {
        return json;
    }

    /** Returns whether the text is only the beginning. A list shows no more of a large value. */
    public boolean cut() {
        return cut;
    }

    /**
     * Returns the value as plain Java (String, Number, Boolean, List, Map, null), parsed by each call; the text itself if it
     * is cut.
     */
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
