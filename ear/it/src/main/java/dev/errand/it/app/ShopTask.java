package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** The only handler of a second application. */
@Stateless
@Task("shop.order")
public class ShopTask implements TaskHandler<String, String> {
    @Override
    public String handle(String order, TaskContext task) {
        return order;
    }
}
