package dev.errand.web.rest;

import dev.errand.api.ProblemInfo;
import dev.errand.api.TaskControl;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The list of conditions that an operator should fix. */
@ErrandCall
@Path("{errand: problems}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProblemsResource {

    @Inject
    private TaskControl control;

    @GET
    public List<ProblemInfo> list() {
        return control.problems();
    }
}
