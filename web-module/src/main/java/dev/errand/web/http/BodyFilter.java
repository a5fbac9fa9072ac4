package dev.errand.web.http;

import dev.errand.api.TaskSender;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a body that is announced as too large before any of it is read, and a compressed body, whose size does not
 * tell how large the content is. {@link Body} measures a body of unknown length while it reads it.
 */
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The end of the address that takes several tasks at once. */
    private static final String BATCH = "/tasks/batch";

    @Inject
    private transient TaskSender tasks;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Problem problem = problem(
                request.getHeader("Content-Encoding"),
                request.getContentLengthLong(),
                request.getRequestURI().endsWith(BATCH)
                        ? Body.batch(tasks.maxArgumentBytes())
                        : tasks.maxArgumentBytes() + Body.MARGIN_BYTES);
        if (problem == null) {
            chain.doFilter(request, response);
            return;
        }
        if (problem.status() == 415) {
            response.setHeader("Accept-Encoding", "identity");
        }
        // do not wait for the rest of the body
        response.setHeader("Connection", "close");
        problem.send(response);
    }

    /**
     * Checks the announced body.
     *
     * @return null if the body may be read
     */
    static Problem problem(String encoding, long length, int max) {
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            return new Problem(
                    415, "The body has the Content-Encoding \"" + encoding + "\". Send it as it is, without one.");
        }
        return length > max ? Problems.of(Body.tooLarge(max)) : null;
    }
}
