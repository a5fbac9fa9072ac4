package dev.errand.url;

import java.util.function.Consumer;

/**
 * The user information of addresses ({@code //user:password@host}) in texts of any kind, which must not be shown to people.
 * Each text is read once, even a hostile one. Pure.
 */
public final class UserInfo {
    private static final String MASKED = "***";

    /**
     * The length from which a name alone may be a token, in characters. A shorter name is no secret, and may be a part of
     * many words.
     */
    private static final int TOKEN = 8;

    /** The number of characters that no scheme with its slashes reaches. */
    private static final int LONGEST_SCHEME = 40;

    private UserInfo() {}

    /** Receives the place where a user information begins, and the place of the @ behind it. */
    private interface Found {
        void at(int begin, int end);
    }

    /** Replaces each user information by "***", also in JSON text, which may write a slash as "\/". */
    public static String masked(String text) {
        if (text == null || text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int[] copied = {0};
        find(text, (begin, end) -> {
            shown.append(text, copied[0], begin).append(MASKED);
            copied[0] = end;
        });
        return shown.append(text, copied[0], text.length()).toString();
    }

    /** Passes on each secret in the user information of the text's addresses. */
    public static void secrets(String text, Consumer<String> to) {
        find(text, (begin, end) -> {
            String userInfo = text.substring(begin, end);
            int colon = userInfo.indexOf(':');
            if (colon >= 0 || userInfo.length() >= TOKEN) {
                String secret = userInfo.substring(colon + 1);
                to.accept(userInfo);
                to.accept(secret);
                to.accept(PercentEncoding.decode(secret));
            }
        });
    }

    private static void find(String text, Found found) {
        int lastAt = text.lastIndexOf('@');
        int begin = begin(text, 0, lastAt);
        while (begin >= 0) {
            int host = hostEnd(text, begin);
            int at = host - 1;
            while (at > begin && text.charAt(at) != '@') {
                at--;
            }
            if (at > begin) {
                found.at(begin, at);
            }
            // each @ of an address that begins before this place was found, unless the slashes of the address ended
            // the host
            begin = begin(text, Math.max(begin, host - 1), lastAt);
        }
    }

    /**
     * Returns where the next authority begins: behind two slashes, or behind "http:" and any number of slashes. Otherwise -1.
     */
    private static int begin(String text, int from, int last) {
        for (int i = from; i < last; i++) {
            char c = text.charAt(i);
            if (c == ':' && isHttp(text, i)) {
                return skip(text, i + 1);
            }
            if (c == '/' && isSlash(text.charAt(i + 1))) {
                int end = skip(text, i);
                if (hasTwoSlashes(text, i, end)) {
                    return end;
                }
            }
        }
        return -1;
    }

    private static boolean isHttp(String text, int colon) {
        return text.regionMatches(true, colon - 4, "http", 0, 4) || text.regionMatches(true, colon - 5, "https", 0, 5);
    }

    /** Returns whether there are two slashes. JSON may write a slash as "\/". */
    private static boolean hasTwoSlashes(String text, int from, int to) {
        return text.substring(from + 1, to).indexOf('/') >= 0;
    }

    private static int skip(String text, int from) {
        int i = from;
        while (i < text.length() && (isSlash(text.charAt(i)) || isBreak(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** Returns whether an address loses the character when it is parsed. */
    private static boolean isBreak(char c) {
        return c == '\t' || c == '\r' || c == '\n';
    }

    /** Returns where the host ends at the latest. Blanks do not end it if the text is only the address. */
    private static int hostEnd(String text, int begin) {
        boolean alone = begin <= LONGEST_SCHEME
                && text.substring(0, begin).strip().matches("[A-Za-z][A-Za-z0-9+.-]*:[/\\\\\\s]*");
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSlash(c) || c == '?' || c == '#' || !alone && (c == '"' || Character.isWhitespace(c))) {
                return i;
            }
        }
        return text.length();
    }
}
