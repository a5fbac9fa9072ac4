package dev.errand.tasks.webhook;

import dev.errand.api.InvalidValueException;
import java.util.List;

/**
 * A pattern for topics, whose parts are separated by slashes. {@code *} stands for any characters within a part, and
 * {@code **}, which is a whole part, for any number of parts, none included: {@code dataset/*} selects
 * {@code dataset/create} and not {@code dataset/file/add}; {@code dataset/**} selects both, and {@code dataset} itself.
 * Letters are compared as they are. Immutable, pure.
 */
final class TopicPattern {
    /** The form of the header that shows the topic. */
    private static final String TEXT = "[!-~]([ -~]{0,198}[!-~])?";

    /** The topics of Errand itself, such as a ping. */
    static final String RESERVED = "errand/";

    private static final String ANY_PARTS = "**";

    private final List<String> parts;

    private TopicPattern(List<String> parts) {
        this.parts = parts;
    }

    /**
     * Reads a pattern.
     *
     * @throws InvalidValueException for {@code topics}, saying what is allowed
     */
    static TopicPattern of(String text) {
        if (text == null || !text.matches(TEXT)) {
            throw wrong(text, "is not 1 to 200 visible ASCII characters");
        }
        List<String> parts = parts(text);
        for (String part : parts) {
            if (part.isEmpty()) {
                throw wrong(text, "has an empty part: a slash at its beginning or end, or two together");
            }
            if (part.contains(ANY_PARTS) && !part.equals(ANY_PARTS)) {
                throw wrong(text, "has ** within a part. ** stands for whole parts, * for characters within one");
            }
        }
        return new TopicPattern(parts);
    }

    /**
     * Checks the topic of a message.
     *
     * @throws InvalidValueException for {@code topic}, saying what is allowed
     */
    static void check(String topic) {
        if (topic == null || !topic.matches(TEXT) || topic.indexOf('*') >= 0) {
            throw new InvalidValueException(
                    "topic",
                    "The topic " + shown(topic) + " is not 1 to 200 visible ASCII characters without *, such as"
                            + " \"dataset/create\".");
        }
        if (parts(topic).contains("")) {
            throw new InvalidValueException(
                    "topic",
                    "The topic " + shown(topic)
                            + " has an empty part: a slash at its beginning or end, or two together.");
        }
        if (topic.startsWith(RESERVED)) {
            throw new InvalidValueException(
                    "topic", "Topics that begin with " + RESERVED + " are Errand's own. Use another beginning.");
        }
    }

    boolean matches(String topic) {
        List<String> topicParts = parts(topic);
        // by dynamic programming, because a search with steps back takes as long as an author of patterns wants
        boolean[] reached = new boolean[topicParts.size() + 1];
        reached[0] = true;
        for (String part : parts) {
            boolean[] next = new boolean[reached.length];
            for (int i = 0; i < reached.length; i++) {
                if (part.equals(ANY_PARTS)) {
                    next[i] = reached[i] || i > 0 && next[i - 1];
                } else {
                    next[i] = i > 0 && reached[i - 1] && matchesPart(part, topicParts.get(i - 1));
                }
            }
            reached = next;
        }
        return reached[topicParts.size()];
    }

    /** Matches greedily: only the last star needs another try. */
    private static boolean matchesPart(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int t = 0; t < text.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static List<String> parts(String text) {
        return List.of(text.split("/", -1));
    }

    private static String shown(String text) {
        if (text == null) {
            return "null";
        }
        String line = text.replaceAll("[^ -~]", "?");
        return "\"" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "\"";
    }

    private static InvalidValueException wrong(String text, String why) {
        return new InvalidValueException(
                "topics",
                "The topic pattern " + shown(text) + " " + why + ". Examples: \"dataset/*\", \"dataset/**\", \"**\".");
    }

    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
