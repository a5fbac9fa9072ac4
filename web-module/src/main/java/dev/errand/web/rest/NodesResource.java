package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.NodeInfo;
import dev.errand.api.NodeSettings;
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

/** Lists the nodes, and sets one of them: a field that is left out stays, and null stands for the configuration. */
@ErrandCall
@Path("{errand: nodes}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {
    private static final List<String> FIELDS = List.of("concurrency", "queues");

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
        FieldValues.allow(fields, FIELDS);
        if (fields.isEmpty()) {
            throw new InvalidValueException(
                    "concurrency", "The body has no field. Give at least one of " + FIELDS + ".");
        }
        NodeSettings before = control.nodeSettings(node);
        NodeSettings settings = new NodeSettings(
                QueueRequest.read(fields, "concurrency", FieldValues::integer, before.concurrency()),
                QueueRequest.read(fields, "queues", FieldValues::names, before.queues()));
        control.configureNode(node, settings);
        ObjectNode answer = Json.object().put("node", node).put("concurrency", settings.concurrency());
        if (settings.queues() == null) {
            answer.putNull("queues");
        } else {
            settings.queues().forEach(answer.putArray("queues")::add);
        }
        return answer;
    }
}
