package dev.errand.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Lists the calls, for a user or a program that finds the base address. */
@ErrandCall
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ApiResource {
    private static final String READ = "errand-viewer";
    private static final String CHANGE = "errand-admin";

    /** The answer. */
    public record Calls(List<Call> calls) {}

    /** A call; the role is null if it needs no log-in. */
    public record Call(String method, String path, String role, String does) {}

    private static final List<Call> CALLS = List.of(
            new Call("GET", "/", READ, "lists the calls"),
            new Call("POST", "/tasks", CHANGE, "sends a task"),
            new Call("GET", "/tasks", READ, "lists tasks, newest first; state, task, queue, limit, cursor"),
            new Call("GET", "/tasks/{id}", READ, "shows a task; runs, runsCursor, log, logCursor"),
            new Call("POST", "/tasks/{id}/revoke", CHANGE, "revokes a task"),
            new Call("POST", "/tasks/{id}/retry", CHANGE, "runs a task again now"),
            new Call("GET", "/handlers", READ, "lists the tasks loaded"),
            new Call("GET", "/queues", READ, "lists the queues"),
            new Call("POST", "/queues/{name}/pause", CHANGE, "pauses a queue"),
            new Call("POST", "/queues/{name}/resume", CHANGE, "resumes a queue"),
            new Call("PUT", "/nodes/{node}", CHANGE, "changes how many tasks this node runs at once"),
            new Call("GET", "/metrics", READ, "shows the metrics of this node, in the text format of Prometheus"),
            new Call("GET", "/nodes", READ, "lists the nodes that share the tables"),
            new Call("GET", "/health", null, "tells whether this node can work; needs no log-in"));

    @GET
    public Calls calls() {
        return new Calls(CALLS);
    }
}
