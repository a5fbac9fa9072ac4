package dev.errand.web.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a request may change something, judged by what the browser says of the page that it comes from. A browser
 * sends a stored password along with any page's requests; these headers a page cannot change.
 */
final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private SameOrigin() {}

    /** Each header may be null. Without any of them it is no browser, and there is no page to be misled by. */
    static boolean allows(String method, String fetchSite, String origin, String host) {
        if (SAFE.contains(method)) {
            return true;
        }
        if (fetchSite != null) {
            return fetchSite.equals("same-origin") || fetchSite.equals("none");
        }
        return origin == null || isOf(origin, host);
    }

    private static boolean isOf(String origin, String host) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (uri.getRawAuthority() == null || host == null) {
            return false;
        }
        String defaultPort = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
        return withPort(uri.getRawAuthority(), defaultPort).equals(withPort(host, defaultPort));
    }

    private static String withPort(String authority, String defaultPort) {
        String lower = authority.toLowerCase(Locale.ROOT);
        return lower.matches(".*:\\d+") ? lower : lower + defaultPort;
    }
}
