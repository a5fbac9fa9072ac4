package dev.errand.web.rest;

import dev.errand.api.DuplicateTaskException;
import dev.errand.api.HistoryPage;
import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskSender;
import dev.errand.manage.json.TaskDetailJson;
import dev.errand.manage.json.TaskPageJson;
import dev.errand.web.http.Body;
import dev.errand.web.http.PathSegment;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends tasks, shows them, revokes and retries them. An id may have slashes in it, hence the patterns. */
@ErrandCall
@Path("{errand: tasks}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TasksResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    @Inject
    private TaskSender tasks;

    @Inject
    private TaskControl control;

    /** The answer for a task that was sent and cannot be read. */
    record Sent(String id, String task) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(InputStream body, @Context HttpHeaders headers) {
        refuseWithoutType(headers);
        TaskRequest request = TaskRequest.of(Body.read(body, tasks.maxArgumentBytes() + Body.MARGIN_BYTES));
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
    private Response createdOnce(TaskRequest request, String key) {
        try {
            return created(request);
        } catch (DuplicateTaskException e) {
            return control.find(key)
                    .filter(task -> task.task().equals(request.task()))
                    .map(task -> Response.ok(TaskDetailJson.of(task)).build())
                    .orElseThrow(() -> e);
        }
    }

    private Response created(TaskRequest request) {
        String id = tasks.send(request.task(), request.argument(), request.options());
        return Response.created(URI.create("tasks/" + PathSegment.encode(id)))
                .entity(sent(id, request.task()))
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
            return new Sent(id, task);
        }
    }

    @GET
    public TaskPageJson list(@Context UriInfo uri) {
        TaskFilter filter = ListQuery.of(query(uri));
        return TaskPageJson.of(control.list(filter));
    }

    @GET
    @Path("{id: .+}")
    public TaskDetailJson get(@PathParam("id") String id, @Context UriInfo uri) {
        HistoryPage page = HistoryQuery.of(query(uri));
        Duration wait = HistoryQuery.wait(query(uri));
        if (wait.isZero()) {
            return TaskDetailJson.of(find(id, page));
        }
        // a filter of the WAR does not support an answer by another thread
        control.await(id, wait);
        return TaskDetailJson.of(find(id, page));
    }

    /** Answers a GET that waits, as soon as the task is finished; no thread waits. See {@link AwaitFilter}. */
    @AwaitFilter.Await
    @Path("{id: .+}")
    public CompletionStage<TaskDetailJson> await(@PathParam("id") String id, @Context UriInfo uri) {
        HistoryPage page = HistoryQuery.of(query(uri));
        return control.awaitAsync(id, HistoryQuery.wait(query(uri)), page).thenApply(TaskDetailJson::of);
    }

    @POST
    @Path("{id: .+}/revoke")
    public TaskDetailJson revoke(@PathParam("id") String id) {
        return TaskDetailJson.of(control.revoke(id));
    }

    @POST
    @Path("{id: .+}/retry")
    public TaskDetailJson retry(@PathParam("id") String id) {
        return TaskDetailJson.of(control.retryNow(id));
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

    private TaskInfo find(String id, HistoryPage page) {
        return control.find(id, page)
                .orElseThrow(() -> new NotFoundException("There is no task with the id '" + id
                        + "': it was never sent, its transaction was rolled back, or it is finished and was pruned."));
    }
}
