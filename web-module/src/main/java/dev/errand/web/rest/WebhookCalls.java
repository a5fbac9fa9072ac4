package dev.errand.web.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.errand.api.NotFoundException;
import dev.errand.tasks.webhook.IssuedWebhook;
import dev.errand.tasks.webhook.WebhookControl;
import dev.errand.tasks.webhook.WebhookInfo;
import dev.errand.web.http.Body;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;

/**
 * The calls of {@link WebhooksResource} to the built-in tasks, which an application may leave out. The results are records in
 * general: the virtual machine would load their classes to verify the resource.
 */
final class WebhookCalls {
    private final WebhookControl webhooks;

    WebhookCalls(Instance<Object> beans) {
        webhooks = beans.select(WebhookControl.class).get();
    }

    /** A webhook with its new secret. */
    record WithSecret(@JsonUnwrapped WebhookInfo webhook, String secret) {
        static WithSecret of(IssuedWebhook issued) {
            return new WithSecret(issued.webhook(), issued.secret());
        }
    }

    /** The task that does the work. */
    record Sent(String id) {}

    Record list(PageQuery page) {
        return webhooks.list(page.limit(), page.cursor());
    }

    Response add(InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.ADD);
        IssuedWebhook issued = webhooks.add(request.url(), request.topics(), request.secret());
        return Response.created(URI.create("webhooks/" + issued.webhook().id()))
                .entity(WithSecret.of(issued))
                .build();
    }

    Record get(String id) {
        return webhooks.find(id)
                .orElseThrow(
                        () -> new NotFoundException(
                                "No webhook has the id \"" + id
                                        + "\". It was never added, or it was removed: by a user, or because its receiver answered 410 Gone."));
    }

    Record change(String id, InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.CHANGE);
        return webhooks.change(id, request.url(), request.topics());
    }

    void remove(String id) {
        webhooks.remove(id);
    }

    Response ping(String id) {
        return accepted(webhooks.ping(id));
    }

    Record rotate(String id, InputStream body) {
        WebhookRequest request = read(body, WebhookRequest.ROTATE);
        return WithSecret.of(webhooks.rotate(id, request.secret(), request.overlap()));
    }

    Record enable(String id) {
        return webhooks.enable(id);
    }

    Record disable(String id, InputStream body) {
        return webhooks.disable(id, read(body, WebhookRequest.DISABLE).reason());
    }

    Record deliveries(String id, PageQuery page) {
        return webhooks.deliveries(id, page.limit(), page.cursor());
    }

    Response redeliver(String id, String task) {
        return accepted(webhooks.redeliver(id, task));
    }

    private static Response accepted(String task) {
        return Response.accepted(new Sent(task)).build();
    }

    private static WebhookRequest read(InputStream body, List<String> allowed) {
        return WebhookRequest.of(Body.read(body, Body.MARGIN_BYTES), allowed);
    }
}
