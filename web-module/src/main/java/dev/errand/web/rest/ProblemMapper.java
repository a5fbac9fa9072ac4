package dev.errand.web.rest;

import dev.errand.web.http.Problem;
import dev.errand.web.http.Problems;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;

/** Answers every exception with a problem; the headers that JAX-RS has set (Allow, for one) stay. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final String OURS = ProblemMapper.class.getPackageName();

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException e) {
            int status = e.getResponse().getStatus();
            // Below 400 it is no error: JAX-RS answers OPTIONS in this way, too
            return status < 400
                    ? e.getResponse()
                    : with(Response.fromResponse(e.getResponse()), Problems.ofStatus(status));
        }
        Problem problem = unreadable(thrown) ? Problems.ofStatus(400) : Problems.of(thrown);
        return with(Response.status(problem.status()), problem);
    }

    /** A header that makes no sense, such as a media type with "q=", which none of our classes has got to see. */
    private static boolean unreadable(Throwable thrown) {
        return thrown instanceof IllegalArgumentException
                && Arrays.stream(thrown.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().startsWith(OURS));
    }

    private static Response with(Response.ResponseBuilder answer, Problem problem) {
        return answer.type(Problem.MEDIA_TYPE).entity(problem.toJson()).build();
    }
}
