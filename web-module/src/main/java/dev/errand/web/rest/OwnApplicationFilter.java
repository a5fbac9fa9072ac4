package dev.errand.web.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;

/**
 * Marks the requests that come to Errand's own JAX-RS application. Without {@code @Provider}, so that no other
 * application has it.
 */
public class OwnApplicationFilter implements ContainerRequestFilter {
    private static final String MARK = OwnApplicationFilter.class.getName();

    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        request.setAttribute(MARK, true);
    }

    /** Returns whether the request has come to Errand's own application. */
    static boolean hasMarked(HttpServletRequest request) {
        return request.getAttribute(MARK) != null;
    }
}
