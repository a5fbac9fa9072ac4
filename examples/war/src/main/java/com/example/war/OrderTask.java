package com.example.war;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Saves an order in the transaction of its task: the order is there exactly once, and the task is SUCCESS. */
@Stateless
@Task("shop.order")
public class OrderTask implements TaskHandler<String, String> {
    @PersistenceContext(unitName = "shop")
    private EntityManager orders;

    @Override
    public String handle(String json, TaskContext task) throws Exception {
        JsonNode order = new ObjectMapper().readTree(json);
        orders.persist(new ShopOrder(task.id(), order.path("item").asText()));
        return order.path("item").asText();
    }
}
