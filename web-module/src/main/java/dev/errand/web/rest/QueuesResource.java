package dev.errand.web.rest;

import dev.errand.api.QueueInfo;
import dev.errand.api.QueueSettings;
import dev.errand.api.TaskControl;
import dev.errand.web.http.Body;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** Shows, sets, pauses and resumes queues. A call that changes a queue answers with a list of that queue. */
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

    @PUT
    @Path("{name: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    public List<QueueInfo> change(@PathParam("name") String name, InputStream body) {
        QueueSettings settings = QueueRequest.of(control.queueSettings(name), Body.read(body, Body.MARGIN_BYTES));
        return List.of(control.configureQueue(name, settings));
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
