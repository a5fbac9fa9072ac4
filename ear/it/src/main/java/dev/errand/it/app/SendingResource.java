package dev.errand.it.app;

import dev.errand.api.TaskSender;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** Sends from a REST resource. */
@Path("send")
@RequestScoped
public class SendingResource {
    @Inject
    private TaskSender tasks;

    @POST
    public String send() {
        return tasks.send("example.echo", "from REST");
    }

    /** Where the resource is. */
    @ApplicationPath("api")
    public static class Api extends Application {}
}
