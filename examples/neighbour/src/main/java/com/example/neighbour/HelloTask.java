package com.example.neighbour;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("neighbour.hello")
public class HelloTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String name, TaskContext task) {
        System.out.println("Hello, " + name);
        return null;
    }
}
