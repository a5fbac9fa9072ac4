package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.NotFoundException;
import dev.errand.api.Schedule;
import dev.errand.api.ScheduleInfo;
import dev.errand.api.TaskControl;
import dev.errand.api.TaskSchedules;
import dev.errand.api.TaskSender;
import dev.errand.manage.json.ScheduleJson;
import dev.errand.manage.json.TaskDetailJson;
import dev.errand.web.http.Body;
import dev.errand.web.http.PathSegment;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Shows, writes, pauses, resumes and runs schedules. A name may have slashes in it, hence the patterns. */
@ErrandCall
@Path("{errand: schedules}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SchedulesResource {
    private static final int DEFAULT_INSTANTS = 10;
    private static final int MOST_INSTANTS = 1_000;

    @Inject
    private TaskSchedules schedules;

    @Inject
    private TaskControl control;

    @Inject
    private TaskSender sender;

    /** The answer for a task that was sent and cannot be read. */
    record Sent(String id, String task) {}

    @GET
    public List<ScheduleJson> list() {
        return schedules.list().stream().map(ScheduleJson::of).toList();
    }

    /** The parameters of a preview. */
    private record Preview(String cron, ZoneId zone, int n) {
        Preview with(String name, String value) {
            return switch (name) {
                case "cron" -> new Preview(value, zone, n);
                case "zone" -> new Preview(cron, zone(value), n);
                default ->
                    QueryParameters.number(
                            this, name, value, 1, MOST_INSTANTS, (read, number) -> new Preview(cron, zone, number));
            };
        }

        private static ZoneId zone(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new InvalidValueException(
                        "zone", "zone \"" + value + "\" is not the name of a zone, such as \"Europe/Berlin\".", e);
            }
        }
    }

    @GET
    @Path("preview")
    public List<String> preview(@Context UriInfo uri) {
        Preview preview = QueryParameters.read(
                uri.getQueryParameters(),
                List.of("cron", "zone", "n"),
                new Preview(null, ZoneOffset.UTC, DEFAULT_INSTANTS),
                Preview::with);
        return schedules.preview(preview.cron(), preview.zone(), preview.n()).stream()
                .map(Instant::toString)
                .toList();
    }

    @GET
    @Path("{name: .+}")
    public ScheduleJson get(@PathParam("name") String name) {
        return schedules.find(name).map(ScheduleJson::of).orElseThrow(() -> unknown(name));
    }

    @PUT
    @Path("{name: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("name") String name, InputStream body) {
        Schedule schedule = ScheduleRequest.of(name, Body.read(body, sender.maxArgumentBytes() + Body.MARGIN_BYTES));
        boolean known = schedules.find(name).isPresent();
        ScheduleInfo written = schedules.put(schedule);
        Response.ResponseBuilder answer =
                known ? Response.ok() : Response.created(URI.create("schedules/" + PathSegment.encode(name)));
        return answer.entity(ScheduleJson.of(written)).build();
    }

    @DELETE
    @Path("{name: .+}")
    public void remove(@PathParam("name") String name) {
        if (!schedules.remove(name)) {
            throw unknown(name);
        }
    }

    @POST
    @Path("{name: .+}/pause")
    public ScheduleJson pause(@PathParam("name") String name) {
        return ScheduleJson.of(schedules.pause(name));
    }

    @POST
    @Path("{name: .+}/resume")
    public ScheduleJson resume(@PathParam("name") String name) {
        return ScheduleJson.of(schedules.resume(name));
    }

    /** Answers with the task, even if the database does not let it be read now: after an error, the client would repeat. */
    @POST
    @Path("{name: .+}/run")
    public Object run(@PathParam("name") String name) {
        String id = schedules.runNow(name);
        try {
            return TaskDetailJson.of(control.find(id).orElseThrow());
        } catch (RuntimeException e) {
            return new Sent(id, null);
        }
    }

    private static NotFoundException unknown(String name) {
        return new NotFoundException("There is no schedule \"" + name + "\". GET /tasks/api/schedules lists them.");
    }
}
