package dev.errand.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
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

/**
 * Administers webhooks. It is in this module, like all of REST, for one log-in, one form of errors and one set of guards; an
 * application without the built-in tasks does not have it. Its signatures name no class of the built-in tasks, because a
 * server may look at them even where those are absent.
 */
@ErrandCall
@Path("{errand: webhooks}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    @Inject
    @Any
    private Instance<Object> beans;

    private WebhookCalls webhooks() {
        return new WebhookCalls(beans);
    }

    @GET
    public Record list(@Context UriInfo uri) {
        return webhooks().list(PageQuery.of(TasksResource.query(uri)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream body) {
        return webhooks().add(body);
    }

    @GET
    @Path("{id}")
    public Record get(@PathParam("id") String id) {
        return webhooks().get(id);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Record change(@PathParam("id") String id, InputStream body) {
        return webhooks().change(id, body);
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id) {
        webhooks().remove(id);
    }

    @POST
    @Path("{id}/ping")
    public Response ping(@PathParam("id") String id) {
        return webhooks().ping(id);
    }

    @POST
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Record rotate(@PathParam("id") String id, InputStream body) {
        return webhooks().rotate(id, body);
    }

    @POST
    @Path("{id}/enable")
    public Record enable(@PathParam("id") String id) {
        return webhooks().enable(id);
    }

    @POST
    @Path("{id}/disable")
    @Consumes(MediaType.APPLICATION_JSON)
    public Record disable(@PathParam("id") String id, InputStream body) {
        return webhooks().disable(id, body);
    }

    @GET
    @Path("{id}/deliveries")
    public Record deliveries(@PathParam("id") String id, @Context UriInfo uri) {
        return webhooks().deliveries(id, PageQuery.of(TasksResource.query(uri)));
    }

    @POST
    @Path("{id}/deliveries/{task: .+}/redeliver")
    public Response redeliver(@PathParam("id") String id, @PathParam("task") String task) {
        return webhooks().redeliver(id, task);
    }
}
