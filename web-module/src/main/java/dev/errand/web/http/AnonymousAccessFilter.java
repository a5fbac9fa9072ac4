package dev.errand.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses requests without a log-in, except for the health in its one spelling. The server does so by web.xml, but it
 * takes {@code /api/tasks/x/..;/..;/health} for the health, while JAX-RS takes it for a task.
 */
public class AnonymousAccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String OPEN = "/api/health";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getUserPrincipal() != null || request.getRequestURI().equals(request.getContextPath() + OPEN)) {
            chain.doFilter(request, response);
        } else {
            Problems.ofStatus(404).send(response);
        }
    }
}
