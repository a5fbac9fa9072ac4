package dev.errand.web.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.errand.api.NotFoundException;
import dev.errand.tasks.webhook.DeliveryPage;
import dev.errand.tasks.webhook.IssuedWebhook;
import dev.errand.tasks.webhook.WebhookControl;
import dev.errand.tasks.webhook.WebhookInfo;
import dev.errand.tasks.webhook.WebhookPage;
import dev.errand.web.http.Body;
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
import java.util.List;

/**
 * Administers webhooks. It is in this module, like all of REST, for one log-in, one form of errors and one set of guards; an
 * application without the built-in tasks does not have it.
 */
@ErrandCall
@Path("{errand: webhooks}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    @Inject
    private WebhookControl webhooks;

    /** A webhook with its new secret. */
    record WithSecret(@JsonUnwrapped WebhookInfo webhook, String secret) {
        static WithSecret of(IssuedWebhook issued) {
            return new WithSecret(issued.webhook(), issued.secret());
        }
    }

    /** The task that does the work. */
    record Sent(String id) {}

    @GET
    public WebhookPage list(@Context UriInfo uri) {
        PageQuery page = PageQuery.of(TasksResource.query(uri));
        return webhooks.list(page.limit(), page.cursor());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.ADD);
        IssuedWebhook issued = webhooks.add(request.url(), request.topics(), request.secret());
        return Response.created(URI.create("webhooks/" + issued.webhook().id()))
                .entity(WithSecret.of(issued))
                .build();
    }

    @GET
    @Path("{id}")
    public WebhookInfo get(@PathParam("id") String id) {
        return webhooks.find(id)
                .orElseThrow(
                        () -> new NotFoundException(
                                "No webhook has the id \"" + id
                                        + "\". It was never added, or it was removed: by a user, or because its receiver answered 410 Gone."));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public WebhookInfo change(@PathParam("id") String id, InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.CHANGE);
        return webhooks.change(id, request.url(), request.topics());
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id) {
        webhooks.remove(id);
    }

    @POST
    @Path("{id}/ping")
    public Response ping(@PathParam("id") String id) {
        return accepted(webhooks.ping(id));
    }

    @POST
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public WithSecret rotate(@PathParam("id") String id, InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.ROTATE);
        return WithSecret.of(webhooks.rotate(id, request.secret(), request.overlap()));
    }

    @POST
    @Path("{id}/enable")
    public WebhookInfo enable(@PathParam("id") String id) {
        return webhooks.enable(id);
    }

    @POST
    @Path("{id}/disable")
    @Consumes(MediaType.APPLICATION_JSON)
    public WebhookInfo disable(@PathParam("id") String id, InputStream body) {
        return webhooks.disable(id, read(body, WebhookRequest.DISABLE).reason());
    }

    @GET
    @Path("{id}/deliveries")
    public DeliveryPage deliveries(@PathParam("id") String id, @Context UriInfo uri) {
        PageQuery page = PageQuery.of(TasksResource.query(uri));
        return webhooks.deliveries(id, page.limit(), page.cursor());
    }

    @POST
    @Path("{id}/deliveries/{task: .+}/redeliver")
    public Response redeliver(@PathParam("id") String id, @PathParam("task") String task) {
        return accepted(webhooks.redeliver(id, task));
    }

    private static Response accepted(String task) {
        return Response.accepted(new Sent(task)).build();
    }

    private static WebhookRequest read(InputStream body, List<String> allowed) {
        return WebhookRequest.of(Body.read(body, Body.MARGIN_BYTES), allowed);
    }
}
