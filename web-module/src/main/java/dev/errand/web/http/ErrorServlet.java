package dev.errand.web.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The error page of web.xml, for what the container itself refuses: no log-in, a role that is missing, a page that is
 * not there. The servers' own pages name the server and its version.
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
        // No status: somebody has called this address itself
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? Problems.ofStatus(status)
                : Problems.ofStatus(404);
    }

    /**
     * Nobody is logged in, so it was the log-in that failed: a header Authorization that is no such thing, or a realm that
     * does not answer. The server has logged it, and strangers need not be able to fill the log twice as fast.
     */
    private static Problem ofLogIn(Throwable thrown) {
        return Problems.ofStatus(thrown instanceof IllegalArgumentException ? 400 : 500);
    }

    /** An exception's message may quote what the user has sent. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}
