package dev.errand.web.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error in the form of RFC 9457.
 *
 * @param detail a text for users; never a stack trace, a path of the machine or a version
 * @param field the field or parameter at fault; null if there is none
 * @param instance identifies this occurrence; null unless it can be found in the log
 * @param index the number of the object at fault in a list of objects, from 0; null if there is no list
 */
public record Problem(int status, String detail, String field, String instance, Integer index) {

    /** The longest detail: it may quote the request, which may have megabytes. */
    private static final int LONGEST = 1_000;

    public static final String MEDIA_TYPE = "application/problem+json";

    /** The seconds after which a sender to a full queue may try again. */
    public static final int RETRY_AFTER = 5;

    public static final int TOO_MANY = 429;

    public Problem {
        detail = cut(detail);
        field = cut(field);
    }

    public Problem(int status, String detail, String field, String instance) {
        this(status, detail, field, instance, null);
    }

    public Problem(int status, String detail) {
        this(status, detail, null, null);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("type", "about:blank")
                .put("title", title())
                .put("status", status)
                .put("detail", detail);
        if (field != null) {
            json.put("field", field);
        }
        if (index != null) {
            json.put("index", index);
        }
        if (instance != null) {
            json.put("instance", instance);
        }
        return json;
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** Returns the standard phrase of the status, as the RFC requires where the type is "about:blank". */
    public String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /** Sends the problem from a servlet or a filter. */
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = Json.write(toJson());
        response.setStatus(status);
        if (status == TOO_MANY) {
            response.setIntHeader("Retry-After", RETRY_AFTER);
        }
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
