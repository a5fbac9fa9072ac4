package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;
import java.util.List;

/** Gives back what it gets: a record in a list. */
@Stateless
@Task("it.order")
public class OrderTask implements TaskHandler<List<Order>, Order> {
    @Override
    public Order handle(List<Order> orders, TaskContext task) {
        return orders.get(0);
    }
}
