package com.example.war;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.errand.api.TaskSender;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.Map;

/** A resource of the application with the same path as one of Errand's: each answers at its own address. */
@Path("tasks")
@RequestScoped
public class TasksResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private TaskSender tasks;

    @Inject
    private Shop shop;

    @GET
    @Produces("application/json")
    public String orders() throws IOException {
        return JSON.writeValueAsString(Map.of(
                "orders", shop.orders(),
                "jackson", JSON.version().toString()));
    }

    @GET
    @Path("count")
    @Produces("application/json")
    public OrderCount count() {
        return new OrderCount(shop.orders());
    }

    @POST
    @Produces("text/plain")
    public String order(String json) {
        return tasks.send("shop.order", json);
    }
}
