package dev.errand.web.rest;

import dev.errand.api.NodeHealth;
import dev.errand.api.NodeHealth.Check;
import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The health of this node, in MicroProfile Health's form. Public, so it names no task, queue or user. */
@ErrandCall(open = true)
@Path("{errand: health}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

    @Inject
    private NodeHealth node;

    @GET
    public Response health() {
        List<Check> checks = node.checks();
        boolean up = checks.stream().allMatch(Check::up);
        ObjectNode json = Json.object().put("status", status(up));
        ArrayNode list = json.putArray("checks");
        for (Check check : checks) {
            ObjectNode one = list.addObject().put("name", check.name()).put("status", status(check.up()));
            if (check.detail() != null) {
                one.putObject("data").put("detail", check.detail());
            }
        }
        return Response.status(up ? 200 : 503).entity(json).build();
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
