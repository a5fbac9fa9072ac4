package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.NodeInfo;
import dev.errand.api.TaskControl;
import dev.errand.web.http.Body;
import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the nodes, and changes one of them. */
@ErrandCall
@Path("{errand: nodes}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {
    private static final List<String> FIELDS = List.of("concurrency");

    @Inject
    private TaskControl control;

    @GET
    public List<NodeInfo> list() {
        return control.nodes();
    }

    @PUT
    @Path("{node: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonNode change(@PathParam("node") String node, InputStream body) {
        ObjectNode fields = Json.parseObject(Body.read(body, Body.MARGIN_BYTES));
        for (String field : fields.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: " + FIELDS + ".");
            }
        }
        if (!fields.has("concurrency")) {
            throw new InvalidValueException(
                    "concurrency", "concurrency is missing: the number of tasks that the node runs at once.");
        }
        int concurrency = FieldValues.integer("concurrency", fields.get("concurrency"));
        control.concurrency(node, concurrency);
        return Json.object().put("node", node).put("concurrency", concurrency);
    }
}
