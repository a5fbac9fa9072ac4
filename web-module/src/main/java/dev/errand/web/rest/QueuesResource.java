package dev.errand.web.rest;

import dev.errand.api.QueueInfo;
import dev.errand.api.TaskControl;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Shows, pauses and resumes queues. A call that changes a queue answers with a list of that queue. */
@ErrandCall
@Path("{errand: queues}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {

    @Inject
    private TaskControl control;

    @GET
    public List<QueueInfo> list() {
        return control.queues();
    }

    @POST
    @Path("{name: .+}/pause")
    public List<QueueInfo> pause(@PathParam("name") String name) {
        return List.of(control.pause(name));
    }

    @POST
    @Path("{name: .+}/resume")
    public List<QueueInfo> resume(@PathParam("name") String name) {
        return List.of(control.resume(name));
    }
}
