package dev.errand.web.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as RFC 9457 has it.
 *
 * @param detail for people; never a stack trace, a path of the machine or a version
 * @param field the field or parameter at fault; null if there is none
 * @param instance names this very occurrence; null unless it can be found in the log
 */
public record Problem(int status, String detail, String field, String instance) {

    /** What was sent may be quoted, and it may be megabytes. */
    private static final int LONGEST = 1_000;

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        detail = cut(detail);
        field = cut(field);
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
        if (instance != null) {
            json.put("instance", instance);
        }
        return json;
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** The status' own phrase: the RFC asks for it where the type is "about:blank". */
    public String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /** For servlets and filters. */
    public void send(HttpServletResponse response) throws IOException {
        byte[] body = Json.write(toJson());
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
