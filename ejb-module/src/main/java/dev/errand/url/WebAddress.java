package dev.errand.url;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http or https address, by the rules of the WHATWG URL standard, which browsers follow. Blanks and letters outside ASCII
 * are encoded, encoded text stays as it is, a backslash is a slash, line breaks and tabs are ignored, and a fragment is
 * dropped. Two things that browsers accept are refused: a log-in, and a host that is a number in a notation other than dotted
 * decimal. Immutable.
 *
 * @param scheme "http" or "https"
 * @param host a name in lower case ASCII letters, an IPv4 address in dotted decimal, or an IPv6 address in brackets
 * @param port -1: the scheme's own
 * @param path begins with a slash
 * @param query without its question mark; null: none
 */
public record WebAddress(String scheme, String host, int port, String path, String query) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final int HIGHEST_PORT = 65_535;

    /** @throws InvalidAddressException unless the text is an absolute http or https address */
    public static WebAddress parse(String text) {
        String clean = clean(text);
        Matcher absolute = SCHEME.matcher(clean);
        if (!absolute.matches() || isHostAndPort(absolute)) {
            throw new InvalidAddressException("It has no scheme. Begin it with https:// or http://");
        }
        return absolute(scheme(absolute), absolute.group(2));
    }

    /**
     * Returns the address to which a reference, such as the target of a redirect, leads from here.
     *
     * @throws InvalidAddressException unless that is an http or https address
     */
    public WebAddress resolve(String reference) {
        String clean = clean(reference);
        Matcher absolute = SCHEME.matcher(clean);
        String rest = clean;
        if (absolute.matches()) {
            String other = scheme(absolute);
            rest = absolute.group(2);
            if (!other.equals(scheme) || startsWithSlashes(rest, 2)) {
                return absolute(other, rest);
            }
        }
        if (startsWithSlashes(rest, 2)) {
            return absolute(scheme, rest);
        }
        Parts parts = Parts.of(rest);
        if (parts.path().isEmpty()) {
            return new WebAddress(scheme, host, port, path, parts.query() == null ? query : parts.query());
        }
        String base = startsWithSlashes(rest, 1) ? "" : path.substring(0, path.lastIndexOf('/') + 1);
        return new WebAddress(scheme, host, port, UrlPath.of(base + parts.path()), parts.query());
    }

    /** Returns whether the text has no scheme: in "example.org:8080/x", the text before the colon is a host. */
    private static boolean isHostAndPort(Matcher absolute) {
        return absolute.group(2).matches("\\d+([/?#\\\\].*)?")
                && !absolute.group(1).matches("(?i)https?");
    }

    private static String scheme(Matcher absolute) {
        String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidAddressException("It has the scheme \"" + shortened(scheme) + "\". Use http or https.");
        }
        return scheme;
    }

    private static WebAddress absolute(String scheme, String afterColon) {
        String rest = afterColon.replaceFirst("^[/\\\\]+", "");
        Parts parts = Parts.of(rest);
        int end = slash(parts.path());
        String authority = parts.path().substring(0, end);
        if (authority.indexOf('@') >= 0) {
            throw new InvalidAddressException(
                    "It contains a log-in (user:password@), which would be shown with the task. Leave it out."
                            + " A receiver can identify the caller by other means, such as a webhook's secret.");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = Host.of(hasPort ? authority.substring(0, colon) : authority);
        int port = hasPort ? port(authority.substring(colon + 1), scheme) : -1;
        return new WebAddress(scheme, host, port, UrlPath.of(parts.path().substring(end)), parts.query());
    }

    private static int port(String text, String scheme) {
        if (text.isEmpty()) {
            return -1;
        }
        String digits = text.replaceFirst("^0+(?=\\d)", "");
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > HIGHEST_PORT || digits.equals("0")) {
            throw new InvalidAddressException("Its port is not a number from 1 to " + HIGHEST_PORT + ".");
        }
        int port = Integer.parseInt(digits);
        return port == (scheme.equals("http") ? 80 : 443) ? -1 : port;
    }

    /** The path and the query of a text without its scheme. The fragment is dropped. */
    private record Parts(String path, String query) {
        static Parts of(String text) {
            int hash = text.indexOf('#');
            String kept = hash < 0 ? text : text.substring(0, hash);
            int mark = kept.indexOf('?');
            return mark < 0
                    ? new Parts(kept, null)
                    : new Parts(kept.substring(0, mark), PercentEncoding.query(kept.substring(mark + 1)));
        }
    }

    private static int slash(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (UrlPath.isSlash(text.charAt(i))) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean startsWithSlashes(String text, int count) {
        return text.length() >= count && text.chars().limit(count).allMatch(c -> UrlPath.isSlash((char) c));
    }

    /** Removes blanks that were typed or pasted around the address, and line breaks in it. */
    private static String clean(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) <= ' ') {
            to--;
        }
        return text.substring(from, to).replaceAll("[\\t\\r\\n]", "");
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    /** Returns the path with the query, as in the first line of a request. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    /** Returns the last segment of the path, decoded: it may contain any character. */
    public String fileName() {
        return PercentEncoding.decode(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Returns the whole address. */
    @Override
    public String toString() {
        return origin() + target();
    }

    /** Returns the address without its path and query. */
    public String origin() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }
}
