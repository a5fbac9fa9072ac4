package dev.errand.web.rest;

import dev.errand.api.NotFoundException;
import dev.errand.api.TaskSender;
import dev.errand.api.WorkflowInfo;
import dev.errand.api.Workflows;
import dev.errand.manage.json.WorkflowJson;
import dev.errand.manage.json.WorkflowPageJson;
import dev.errand.web.http.Body;
import dev.errand.web.http.PathSegment;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

/** Starts workflows, shows them, revokes and retries them. An id may have slashes in it, hence the patterns. */
@ErrandCall
@Path("{errand: workflows}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WorkflowsResource {
    @Inject
    private Workflows workflows;

    @Inject
    private TaskSender tasks;

    /** The answer for a workflow that was started and cannot be read. */
    record Started(String id, String state, Map<String, String> steps) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(InputStream body, @Context HttpHeaders headers) {
        TasksResource.refuseWithoutType(headers);
        String id = workflows.start(WorkflowRequest.of(Body.read(body, tasks.maxArgumentBytes() + Body.MARGIN_BYTES)));
        return Response.created(URI.create("workflows/" + PathSegment.encode(id)))
                .entity(started(id))
                .build();
    }

    /**
     * Answers for a workflow that was started, even if the database does not let it be read now: after an error, the client
     * would start it again.
     */
    private Object started(String id) {
        try {
            return WorkflowJson.of(find(id));
        } catch (RuntimeException e) {
            return new Started(id, null, null);
        }
    }

    @GET
    public WorkflowPageJson list(@Context UriInfo uri) {
        PageQuery page = PageQuery.of(TasksResource.query(uri));
        return WorkflowPageJson.of(workflows.list(page.limit(), page.cursor()));
    }

    @GET
    @Path("{id: .+}")
    public WorkflowJson get(@PathParam("id") String id) {
        return WorkflowJson.of(find(id));
    }

    @POST
    @Path("{id: .+}/revoke")
    public WorkflowJson revoke(@PathParam("id") String id) {
        return WorkflowJson.of(workflows.revoke(id));
    }

    @POST
    @Path("{id: .+}/retry")
    public WorkflowJson retry(@PathParam("id") String id) {
        return WorkflowJson.of(workflows.retry(id));
    }

    private WorkflowInfo find(String id) {
        return workflows
                .find(id)
                .orElseThrow(
                        () -> new NotFoundException(
                                "There is no workflow with the id '" + id
                                        + "': it was never started, its transaction was rolled back, or it is finished and was pruned."));
    }
}
