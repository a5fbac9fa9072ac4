package dev.errand.web.rest;

import dev.errand.api.HandlerHold;
import dev.errand.api.TaskControl;
import dev.errand.manage.json.HandlerJson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Lists the deployed tasks; pauses and resumes task names. */
@ErrandCall
@Path("{errand: handlers}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HandlersResource {

    @Inject
    private TaskControl control;

    @GET
    public List<HandlerJson> list() {
        return control.handlers().stream().map(HandlerJson::of).toList();
    }

    @POST
    @Path("{task: .+}/pause")
    public HandlerHold pause(@PathParam("task") String task) {
        return control.pauseHandler(task);
    }

    @POST
    @Path("{task: .+}/resume")
    public HandlerHold resume(@PathParam("task") String task) {
        return control.resumeHandler(task);
    }
}
