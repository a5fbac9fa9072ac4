package dev.errand.tasks.data;

/** The spaces around and in place of a value, with those that spreadsheets and word processors write. */
final class Blanks {
    private Blanks() {}

    static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00A0' || c == '\u202F' || c == '\u2007' || c == '\uFEFF' || c == '\u3000';
    }

    static boolean isBlank(String text) {
        return start(text) == text.length();
    }

    /** Returns the index of the first character that is no space; the length of the text if there is none. */
    static int start(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Returns the index after the last character that is no space, at least {@code start}. */
    static int end(String text, int start) {
        int end = text.length();
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Returns the text without the spaces around it. */
    static String trimmed(String text) {
        int start = start(text);
        return text.substring(start, end(text, start));
    }
}
