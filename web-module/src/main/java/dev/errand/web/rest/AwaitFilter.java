package dev.errand.web.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets another method answer a GET of a task with {@code wait}: JAX-RS selects by the HTTP method, and not by the query. Only a
 * call that waits is asynchronous, because a filter of a user's WAR may not support that.
 */
@PreMatching
public class AwaitFilter implements ContainerRequestFilter {
    private static final String METHOD = "AWAIT";

    @Context
    private HttpServletRequest request;

    /** Marks the method for a GET that waits. */
    @HttpMethod(METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface Await {}

    @Override
    public void filter(ContainerRequestContext context) {
        String query = request.getQueryString();
        if (context.getMethod().equals("GET")
                && query != null
                && query.contains(HistoryQuery.WAIT + "=")
                && context.getUriInfo().getPath().matches("/?tasks/.+")
                && request.isAsyncSupported()) {
            context.setMethod(METHOD);
        }
    }
}
