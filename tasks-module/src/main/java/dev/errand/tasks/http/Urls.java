package dev.errand.tasks.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses from arguments and redirects, checked, and how to show them. Pure. */
public final class Urls {
    private Urls() {}

    /** @throws BadArgumentException unless it is an http or https address with a host and without a log-in */
    public static URI check(String url) {
        if (url == null || url.isBlank()) {
            throw new BadArgumentException(
                    "The argument has no url. Send {\"url\": \"https://…\", …} with an http or https address.");
        }
        try {
            return check(new URI(url.trim()).parseServerAuthority());
        } catch (URISyntaxException e) {
            // not its cause's message, which repeats all of the URL with whatever secret is in it
            throw new BadArgumentException(
                    "The url is not a valid address: " + e.getReason() + " at character " + (e.getIndex() + 1)
                            + ". Use an absolute http or https address, with special characters encoded as %XX.");
        }
    }

    private static URI check(URI url) {
        String scheme = url.getScheme();
        if (scheme == null || !scheme.matches("(?i)https?")) {
            throw new BadArgumentException("The url has the scheme \"" + scheme + "\". Use http or https.");
        }
        if (url.getUserInfo() != null
                || url.getRawAuthority() != null && url.getRawAuthority().contains("@")) {
            throw new BadArgumentException("The url of " + url.getHost()
                    + " has a log-in in it (user:password@), which would be shown with the task. Leave it out.");
        }
        if (url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
            throw new BadArgumentException("The url has no valid host and port. Use http://host:port/…");
        }
        return url;
    }

    /** The address for people, without its log-in and query, where secrets are, and of a readable length. */
    public static String shown(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?…";
        String authority = url.getHost() == null ? "" : url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return cut(url.getScheme() + "://" + authority + path, 300) + query;
    }

    /** The target of a redirect, for people. */
    public static String shown(URI from, String location) {
        try {
            return shown(from.resolve(new URI(location.trim())));
        } catch (URISyntaxException e) {
            return "an invalid address";
        }
    }

    /** A text from another machine, as one line of at most so many characters. */
    public static String cut(String text, int max) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
        return line.length() <= max ? line : line.substring(0, max) + "…";
    }
}
