package dev.errand.web.rest;

import dev.errand.web.http.Problem;
import dev.errand.web.http.Problems;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Arrays;

/**
 * Answers every exception with a problem; the headers that JAX-RS has set (for example Allow) stay. Without
 * {@code @Provider}, so that only the applications that list it have it, and not the one of a user in the same WAR.
 */
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final String OUR_PACKAGE = ProblemMapper.class.getPackageName();

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e) {
            int status = e.getResponse().getStatus();
            // below 400 it is no error: JAX-RS answers OPTIONS in this way as well
            return status < 400
                    ? e.getResponse()
                    : with(Response.fromResponse(e.getResponse()), Problems.ofStatus(status));
        }
        Problem problem = unreadable(thrown) ? Problems.ofStatus(400) : Problems.of(thrown);
        Response.ResponseBuilder answer = Response.status(problem.status());
        return with(
                problem.status() == Problem.TOO_MANY
                        ? answer.header(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER)
                        : answer,
                problem);
    }

    /**
     * Returns whether a header is malformed, such as a media type with "q=", and was refused before it reached our
     * classes.
     */
    private static boolean unreadable(Throwable thrown) {
        return thrown instanceof IllegalArgumentException
                && Arrays.stream(thrown.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().startsWith(OUR_PACKAGE));
    }

    private static Response with(Response.ResponseBuilder answer, Problem problem) {
        return answer.type(Problem.MEDIA_TYPE).entity(problem.toJson()).build();
    }
}
