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
 * Refuses a body that is announced to be too large before any of it is read, and one that is compressed: its size says nothing of
 * what it unpacks to. One of unknown length is measured where it is read, by {@link Body}.
 */
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient TaskSender tasks;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Problem problem = problem(
                request.getHeader("Content-Encoding"),
                request.getContentLengthLong(),
                tasks.maxArgumentBytes() + Body.MARGIN_BYTES);
        if (problem == null) {
            chain.doFilter(request, response);
            return;
        }
        if (problem.status() == 415) {
            response.setHeader("Accept-Encoding", "identity");
        }
        // the rest of the body is not worth waiting for
        response.setHeader("Connection", "close");
        problem.send(response);
    }

    /** @return null if the body may be read */
    static Problem problem(String encoding, long length, int max) {
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            return new Problem(
                    415, "The body has the Content-Encoding \"" + encoding + "\". Send it as it is, without one.");
        }
        return length > max ? Problems.of(Body.tooLarge(max)) : null;
    }
}
