package dev.errand.web.rest;

import dev.errand.api.NodeHealth;
import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether this node can work, in MicroProfile Health's form. Open to everyone, so it says no more than up or down. */
@Path("health")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

    @Inject
    private DatabaseCheck database;

    @Inject
    private NodeHealth node;

    @GET
    public Response health() {
        boolean databaseUp = database.up();
        boolean progresses = node.progresses();
        ObjectNode json = Json.object().put("status", status(databaseUp && progresses));
        ArrayNode checks = json.putArray("checks");
        checks.addObject().put("name", "database").put("status", status(databaseUp));
        checks.addObject().put("name", "progress").put("status", status(progresses));
        return Response.status(databaseUp && progresses ? 200 : 503)
                .entity(json)
                .build();
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
