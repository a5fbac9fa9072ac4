package com.example.web;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("greeting.print")
public class GreetingTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String name, TaskContext task) {
        System.out.println("Hello, " + name);
        return null;
    }
}
