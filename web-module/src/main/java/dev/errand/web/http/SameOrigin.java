package dev.errand.web.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a request may change data, by the browser's headers about the page that sends it. A browser adds a
 * stored password to the requests of any page, but no page can change these headers.
 */
final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private SameOrigin() {}

    /**
     * Returns whether the request is allowed. Each header may be null. Without any of them, the client is no browser,
     * so no page can mislead it.
     */
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
