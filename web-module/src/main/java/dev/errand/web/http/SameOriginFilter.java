package dev.errand.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses requests that a page of another site makes a browser send (cross-site request forgery); {@link SameOrigin}
 * decides.
 */
public class SameOriginFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean allowed = SameOrigin.allows(
                request.getMethod(),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Origin"),
                request.getHeader("Host"));
        if (allowed) {
            chain.doFilter(request, response);
        } else {
            new Problem(403, "This request comes from a page of another site, so it may not change anything.")
                    .send(response);
        }
    }
}
