package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.LimitInfo;
import dev.errand.api.TaskLimits;
import dev.errand.web.http.Body;
import dev.errand.web.http.Json;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** Lists the limits, and changes one of them. A name may have slashes in it, hence the patterns. */
@ErrandCall
@Path("{errand: limits}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LimitsResource {
    private static final List<String> FIELDS = List.of("rate", "concurrency");

    @Inject
    private TaskLimits limits;

    @GET
    public List<LimitInfo> list() {
        return limits.list();
    }

    @PUT
    @Path("{name: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    public LimitInfo put(@PathParam("name") String name, InputStream body) {
        ObjectNode fields = Json.parseObject(Body.read(body, Body.MARGIN_BYTES));
        for (String field : fields.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: " + FIELDS + ".");
            }
        }
        if (fields.isEmpty()) {
            throw new InvalidValueException(
                    "rate", "rate and concurrency are missing. Give at least one of them; null means no limit.");
        }
        return limits.put(name, rate(fields.get("rate")), concurrency(fields.get("concurrency")));
    }

    private static String rate(JsonNode value) {
        if (value == null) {
            return null;
        }
        String rate = value.isNull() ? TaskLimits.NO_RATE : FieldValues.text("rate", value);
        if (rate.isEmpty() && !value.isNull()) {
            throw new InvalidValueException("rate", "rate is empty. Give one such as \"100/m\", or null for no limit.");
        }
        return rate;
    }

    private static Integer concurrency(JsonNode value) {
        if (value == null) {
            return null;
        }
        int concurrency = value.isNull() ? TaskLimits.NO_CONCURRENCY : FieldValues.integer("concurrency", value);
        if (concurrency == TaskLimits.NO_CONCURRENCY && !value.isNull()) {
            throw new InvalidValueException(
                    "concurrency",
                    "concurrency is 0, but must be at least 1, or null for no limit. Pause the queue to let no task start.");
        }
        return concurrency;
    }

    @DELETE
    @Path("{name: .+}")
    public void remove(@PathParam("name") String name) {
        limits.remove(name);
    }
}
