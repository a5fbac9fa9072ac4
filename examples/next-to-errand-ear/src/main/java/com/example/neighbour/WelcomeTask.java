package com.example.neighbour;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("neighbour.welcome")
public class WelcomeTask implements TaskHandler<String, Void> {
    @Override
    public Void handle(String name, TaskContext task) {
        System.out.println("Welcome, " + name);
        return null;
    }
}
