package dev.errand.web.rest;

import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tools.jackson.databind.node.ObjectNode;

/** Whether this node can work, in MicroProfile Health's form. Open to everyone, so it says no more than up or down. */
@Path("health")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

    @Inject
    private DatabaseCheck database;

    @GET
    public Response health() {
        boolean up = database.up();
        String status = up ? "UP" : "DOWN";
        ObjectNode json = Json.object().put("status", status);
        json.putArray("checks").addObject().put("name", "database").put("status", status);
        return Response.status(up ? 200 : 503).entity(json).build();
    }
}
