package dev.errand.web.rest;

import dev.errand.api.TaskControl;
import dev.errand.manage.json.HandlerJson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The list of deployed tasks. */
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
}
