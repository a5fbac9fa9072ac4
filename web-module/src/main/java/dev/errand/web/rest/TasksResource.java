package dev.errand.web.rest;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.ErrandException;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskChange;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskRequest;
import dev.errand.manage.json.TaskDetailJson;
import dev.errand.manage.json.TaskPageJson;
import dev.errand.send.Sent;
import dev.errand.send.TransactionalTaskSender;
import dev.errand.web.http.Body;
import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/** Sends tasks, shows them, revokes and retries them. An id may have slashes in it, hence the patterns. */
@ErrandCall
@Path("{errand: tasks}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TasksResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The largest number of tasks in one request. */
    private static final int MOST_TASKS = 10_000;

    @Inject
    private TransactionalTaskSender tasks;

    @Inject
    private TaskControl control;

    /** The answer for a task that was sent and cannot be read. */
    record SentTask(String id, String task) {}

    /** The answer for several tasks that were sent. */
    record SentAll(List<String> ids) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(InputStream body, @Context HttpHeaders headers) {
        refuseWithoutType(headers);
        TaskBody request = TaskBody.of(Body.read(body, tasks.maxArgumentBytes() + Body.MARGIN_BYTES));
        String key = headers.getHeaderString(IDEMPOTENCY_KEY);
        return key == null ? created(request) : createdOnce(request.withId(IDEMPOTENCY_KEY, key), key);
    }

    /** Refuses a body without a content type, which JAX-RS accepts. */
    static void refuseWithoutType(HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        if (type == null || type.isWildcardType() || type.isWildcardSubtype()) {
            throw new NotSupportedException();
        }
    }

    /** Sends the task, or answers 200 with the task that an earlier request with this key has sent. */
    private Response createdOnce(TaskBody request, String key) {
        try {
            return created(request);
        } catch (DuplicateTaskException e) {
            return control.find(key)
                    .filter(task -> task.task().equals(request.task()))
                    .map(task -> Response.ok(TaskDetailJson.of(task)).build())
                    .orElseThrow(() -> e);
        }
    }

    /** Answers 201, or 200 with the task that was kept or changed in place of a new one. */
    private Response created(TaskBody request) {
        Sent sent = tasks.sendOne(request.task(), request.argument(), request.options());
        return (sent.added() ? createdAt(sent.id()) : Response.ok())
                .entity(sent(sent.id(), request.task()))
                .build();
    }

    private static Response.ResponseBuilder createdAt(String id) {
        return Response.created(URI.create("tasks/" + TaskAddress.of(id)));
    }

    /**
     * Sends several tasks. The pattern is that of a task's address, so that a task may have the id "batch". It declares no content
     * type: WildFly would prefer it to the methods that declare none, such as {@link #revoke}, for a request with this type.
     */
    @POST
    @Path("{id: .+}")
    public Response sendAll(@PathParam("id") String path, InputStream body, @Context HttpHeaders headers) {
        if (!path.equals("batch")) {
            throw new NotAllowedException("GET", new String[] {"PATCH", "DELETE"});
        }
        refuseWithoutType(headers);
        if (!headers.getMediaType().isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new NotSupportedException();
        }
        List<ObjectNode> objects = Json.parseObjects(
                Body.read(body, Body.batch(tasks.maxArgumentBytes())), "tasks", MOST_TASKS, "argument");
        List<TaskRequest> requests = new ArrayList<>();
        for (ObjectNode object : objects) {
            try {
                TaskBody request = TaskBody.of(object);
                requests.add(TaskRequest.of(request.task(), request.argument(), request.options()));
            } catch (ErrandException e) {
                e.index(requests.size());
                throw e;
            }
        }
        return Response.status(Response.Status.CREATED)
                .entity(new SentAll(tasks.sendAll(requests)))
                .build();
    }

    /**
     * Answers for a task that was sent, even if the database does not let it be read now: after an error, the client
     * would send it again.
     */
    private Object sent(String id, String task) {
        try {
            return TaskDetailJson.of(find(id, HistoryPage.newest()));
        } catch (RuntimeException e) {
            return new SentTask(id, task);
        }
    }

    @GET
    public TaskPageJson list(@Context UriInfo uri) {
        TaskFilter filter = ListQuery.of(query(uri));
        return TaskPageJson.of(control.list(filter));
    }

    @GET
    @Path("{id: .+}")
    public TaskDetailJson get(@PathParam("id") String segment, @Context UriInfo uri) {
        HistoryPage page = HistoryQuery.of(query(uri));
        String id = id(segment);
        Duration wait = HistoryQuery.wait(query(uri));
        if (!wait.isZero()) {
            // a filter of the WAR does not support an answer by another thread
            control.await(id, wait);
        }
        return TaskDetailJson.of(find(id, page));
    }

    /** Changes a task that waits. */
    @PATCH
    @Path("{id: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    public TaskDetailJson change(@PathParam("id") String segment, InputStream body, @Context HttpHeaders headers) {
        refuseWithoutType(headers);
        TaskChange change = ChangeBody.of(Body.read(body, tasks.maxArgumentBytes() + Body.MARGIN_BYTES));
        return TaskDetailJson.of(control.change(id(segment), change));
    }

    /** Deletes a finished task. */
    @DELETE
    @Path("{id: .+}")
    public void delete(@PathParam("id") String segment) {
        control.delete(id(segment));
    }

    /** Sends the same as a new task. */
    @POST
    @Path("{id: .+}/again")
    public Response again(@PathParam("id") String segment) {
        TaskInfo task = control.again(id(segment));
        return createdAt(task.id()).entity(TaskDetailJson.of(task)).build();
    }

    /** Answers a GET that waits, as soon as the task is finished; no thread waits. See {@link AwaitFilter}. */
    @AwaitFilter.Await
    @Path("{id: .+}")
    public CompletionStage<TaskDetailJson> await(@PathParam("id") String segment, @Context UriInfo uri) {
        HistoryPage page = HistoryQuery.of(query(uri));
        return control.awaitAsync(id(segment), HistoryQuery.wait(query(uri)), page)
                .thenApply(TaskDetailJson::of);
    }

    @POST
    @Path("{id: .+}/revoke")
    public TaskDetailJson revoke(@PathParam("id") String segment) {
        return TaskDetailJson.of(control.revoke(id(segment)));
    }

    @POST
    @Path("{id: .+}/retry")
    public TaskDetailJson retry(@PathParam("id") String segment) {
        return TaskDetailJson.of(control.retryNow(id(segment)));
    }

    /**
     * Returns the query. WildFly accepts a request whose address is not a URI, and cannot read the query of such an
     * address.
     */
    static Map<String, List<String>> query(UriInfo uri) {
        try {
            return uri.getQueryParameters();
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    null, "The address is not a URI. Encode characters such as \"[\" in the id, as %5B.");
        }
    }

    /** Returns the id that a segment of a path stands for. A task whose own id has such tildes comes first. */
    private String id(String segment) {
        return segment.indexOf('~') < 0 || control.find(segment).isPresent() ? segment : TaskAddress.decoded(segment);
    }

    private TaskInfo find(String id, HistoryPage page) {
        return control.find(id, page)
                .orElseThrow(() -> new NotFoundException("There is no task with the id '" + id
                        + "': it was never sent, its transaction was rolled back, or it is finished and was pruned."));
    }
}
