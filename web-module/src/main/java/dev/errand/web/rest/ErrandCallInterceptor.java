package dev.errand.web.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.NotFoundException;
import java.util.Set;

/**
 * Checks the role of the caller, whatever the descriptor of the WAR says, and answers 404 if another JAX-RS application
 * than Errand's own has found the resource.
 */
@ErrandCall
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class ErrandCallInterceptor {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private HttpServletRequest request;

    @AroundInvoke
    Object check(InvocationContext call) throws Exception {
        if (!OwnApplicationFilter.hasMarked(request)) {
            throw new NotFoundException();
        }
        boolean open = call.getMethod()
                .getDeclaringClass()
                .getAnnotation(ErrandCall.class)
                .open();
        if (!open && !allowed()) {
            throw new ForbiddenException();
        }
        return call.proceed();
    }

    private boolean allowed() {
        return request.isUserInRole("errand-admin")
                || READING.contains(request.getMethod()) && request.isUserInRole("errand-viewer");
    }
}
