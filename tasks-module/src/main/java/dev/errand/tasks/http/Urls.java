package dev.errand.tasks.http;

import dev.errand.url.InvalidAddressException;
import dev.errand.url.WebAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/** Checks addresses from arguments and redirects, and makes them and other texts from outside fit for display. Pure. */
public final class Urls {
    private Urls() {}

    /**
     * Checks an address.
     *
     * @throws BadArgumentException unless it is an http or https address with a host and without a log-in
     */
    public static WebAddress check(String url) {
        if (url == null || url.isBlank()) {
            throw new BadArgumentException(
                    "The argument has no url. Send {\"url\": \"https://…\", …} with an http or https address.");
        }
        try {
            return WebAddress.parse(url);
        } catch (InvalidAddressException e) {
            throw new BadArgumentException("The url is not an address that can be called. " + e.getMessage());
        }
    }

    /**
     * Returns the target of a redirect.
     *
     * @param location the header as the client has it, with a character per byte
     * @throws InvalidAddressException if it is no address
     */
    public static WebAddress redirect(WebAddress from, String location) {
        return from.resolve(utf8(location));
    }

    /** Directs a request to an address. Sets its parts, because the JDK's class for addresses refuses some of them. */
    static void address(HttpRequest request, WebAddress url) {
        request.setScheme(url.scheme());
        request.setAuthority(new URIAuthority(dnsName(url), url.port()));
        request.setPath(url.target());
    }

    /** Returns the host as DNS and sockets know it. */
    static String dnsName(WebAddress url) {
        String host = url.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Returns the address for display, in a readable length and without its query, which may contain secrets. */
    public static String shown(WebAddress url) {
        return cut(url.origin() + url.path(), 300) + (url.query() == null ? "" : "?…");
    }

    /** Returns the target of a redirect, for display. */
    public static String shown(WebAddress from, String location) {
        try {
            return shown(redirect(from, location));
        } catch (InvalidAddressException e) {
            return "an address that cannot be called. " + e.getMessage();
        }
    }

    /**
     * Returns a header's value, which the client reads as Latin-1, as UTF-8 if its bytes are valid UTF-8, which nearly
     * all servers send.
     */
    public static String utf8(String header) {
        if (header.chars().allMatch(c -> c < 0x80) || header.chars().anyMatch(c -> c > 0xFF)) {
            return header;
        }
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    /** Returns a text from another machine as one line with a limited number of characters, none of them invisible. */
    public static String cut(String text, int max) {
        String line = text.replaceAll("[\\p{C}\\p{Z}\\s]+", " ").trim();
        if (line.length() <= max) {
            return line;
        }
        return line.substring(0, Character.isHighSurrogate(line.charAt(max - 1)) ? max - 1 : max) + "…";
    }
}
