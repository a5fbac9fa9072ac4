package dev.errand.url;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of addresses: with slashes instead of backslashes, encoded, and without the segments "." and "..". Pure. */
final class UrlPath {
    private static final Pattern SAME = Pattern.compile("(?i)\\.|%2e");
    private static final Pattern UP = Pattern.compile("(?i)(\\.|%2e){2}");

    private UrlPath() {}

    static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /** @param text the text between the host and the query; it may lack its first slash */
    static String of(String text) {
        String[] segments =
                (text.isEmpty() || !isSlash(text.charAt(0)) ? text : text.substring(1)).split("[/\\\\]", -1);
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (UP.matcher(segments[i]).matches()) {
                if (!kept.isEmpty()) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!SAME.matcher(segments[i]).matches()) {
                kept.add(PercentEncoding.path(segments[i]));
                continue;
            }
            if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
