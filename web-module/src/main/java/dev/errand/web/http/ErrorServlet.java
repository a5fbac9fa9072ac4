package dev.errand.web.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The error page of web.xml, for requests that the container itself refuses: no log-in, a missing role, an unknown
 * page. The servers' own pages name the server and its version.
 */
@WebServlet("/error")
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String PAGE = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>%1$s · Errand</title>"
            + "<link rel=\"stylesheet\" href=\"%3$s/assets/errand.css\"><main class=\"error-page\"><h1>%1$s</h1><p>%2$s</p>"
            + "<p><a href=\"%3$s/\">To the start page</a></p></main></html>";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problem(request);
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        String root = request.getContextPath();
        if (path.startsWith(root + "/api") || path.startsWith(root + "/sample") || !acceptsHtml(request)) {
            problem.send(response);
            return;
        }
        response.setStatus(problem.status());
        response.setContentType("text/html;charset=UTF-8");
        String page = PAGE.formatted(
                problem.title(), escaped(problem.detail()), getServletContext().getContextPath());
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return request.getUserPrincipal() == null ? ofLogIn(thrown) : Problems.of(thrown);
        }
        // without a status, a client has requested this address directly
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? Problems.ofStatus(status)
                : Problems.ofStatus(404);
    }

    /**
     * Returns the problem of a failed log-in, because no user is logged in: a malformed Authorization header, or a
     * realm that does not answer. The server has logged it. A second log message would let strangers fill the log twice
     * as fast.
     */
    private static Problem ofLogIn(Throwable thrown) {
        return Problems.ofStatus(thrown instanceof IllegalArgumentException ? 400 : 500);
    }

    /** Escapes a text: an exception's message may quote the user's input. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}
