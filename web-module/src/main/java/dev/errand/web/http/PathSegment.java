package dev.errand.web.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Encodes any text as one segment of a path, so that a slash or a question mark in a task's id stays in the id. JAX-RS's
 * UriBuilder leaves a semicolon on WildFly, which would cut the id there. Pure.
 */
public final class PathSegment {
    private PathSegment() {}

    public static String encode(String text) {
        // the encoding of forms, except for the blank
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
