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
            new Call("POST", "/tasks/batch", CHANGE, "sends several tasks, all or none"),
            new Call(
                    "GET",
                    "/tasks",
                    READ,
                    "lists tasks, newest first; state, task, queue, id, title, tag, schedule, workflow, limit, cursor"),
            new Call("GET", "/tasks/{id}", READ, "shows a task; runs, runsCursor, log, logCursor, wait"),
            new Call("PATCH", "/tasks/{id}", CHANGE, "changes a task that waits"),
            new Call("DELETE", "/tasks/{id}", CHANGE, "deletes a finished task"),
            new Call("POST", "/tasks/{id}/again", CHANGE, "sends the same as a new task"),
            new Call("POST", "/tasks/{id}/revoke", CHANGE, "revokes a task"),
            new Call("POST", "/tasks/{id}/retry", CHANGE, "runs a task again now"),
            new Call("POST", "/workflows", CHANGE, "starts a workflow"),
            new Call("GET", "/workflows", READ, "lists the workflows, newest first; limit, cursor"),
            new Call("GET", "/workflows/{id}", READ, "shows a workflow and its steps"),
            new Call("POST", "/workflows/{id}/revoke", CHANGE, "revokes the steps of a workflow that are not finished"),
            new Call("POST", "/workflows/{id}/retry", CHANGE, "retries the steps of a workflow that have failed"),
            new Call("GET", "/handlers", READ, "lists the tasks loaded"),
            new Call("GET", "/queues", READ, "lists the queues"),
            new Call("POST", "/queues/{name}/pause", CHANGE, "pauses a queue"),
            new Call("POST", "/queues/{name}/resume", CHANGE, "resumes a queue"),
            new Call("GET", "/schedules", READ, "lists the schedules"),
            new Call("GET", "/schedules/preview", READ, "shows the next instants of a cron expression; cron, zone, n"),
            new Call("GET", "/schedules/{name}", READ, "shows a schedule"),
            new Call("PUT", "/schedules/{name}", CHANGE, "adds or changes a schedule"),
            new Call("DELETE", "/schedules/{name}", CHANGE, "removes a schedule"),
            new Call("POST", "/schedules/{name}/pause", CHANGE, "pauses a schedule"),
            new Call("POST", "/schedules/{name}/resume", CHANGE, "resumes a schedule"),
            new Call("POST", "/schedules/{name}/run", CHANGE, "sends a task of a schedule now"),
            new Call("GET", "/limits", READ, "lists the limits"),
            new Call("PUT", "/limits/{name}", CHANGE, "changes the rate and the concurrency of a limit"),
            new Call("DELETE", "/limits/{name}", CHANGE, "puts the values of the code into force again"),
            new Call("PUT", "/nodes/{node}", CHANGE, "changes the concurrency and the queues of a node"),
            new Call("PUT", "/queues/{name}", CHANGE, "changes the settings of a queue"),
            new Call("POST", "/handlers/{task}/pause", CHANGE, "pauses the tasks of a name"),
            new Call("POST", "/handlers/{task}/resume", CHANGE, "resumes the tasks of a name, and closes its fuse"),
            new Call("GET", "/problems", READ, "lists what an operator should fix, with remedies"),
            new Call("GET", "/webhooks", READ, "lists the webhooks, newest first; limit, cursor"),
            new Call("POST", "/webhooks", CHANGE, "adds a webhook; shows its secret"),
            new Call("GET", "/webhooks/{id}", READ, "shows a webhook"),
            new Call("PUT", "/webhooks/{id}", CHANGE, "changes the address and the topics of a webhook"),
            new Call("DELETE", "/webhooks/{id}", CHANGE, "removes a webhook"),
            new Call("POST", "/webhooks/{id}/ping", CHANGE, "sends a ping to a webhook"),
            new Call("POST", "/webhooks/{id}/rotate", CHANGE, "gives a webhook a new secret, and shows it"),
            new Call("POST", "/webhooks/{id}/enable", CHANGE, "enables a webhook"),
            new Call("POST", "/webhooks/{id}/disable", CHANGE, "disables a webhook"),
            new Call(
                    "GET",
                    "/webhooks/{id}/deliveries",
                    READ,
                    "lists the tries to deliver, newest first; limit, cursor"),
            new Call("POST", "/webhooks/{id}/deliveries/{task}/redeliver", CHANGE, "delivers a message again"),
            new Call("GET", "/metrics", READ, "shows the metrics of this node, in the text format of Prometheus"),
            new Call("GET", "/nodes", READ, "lists the nodes that share the tables"),
            new Call("GET", "/health", null, "tells whether this node can work; needs no log-in"));

    @GET
    public Calls calls() {
        return new Calls(CALLS);
    }
}
