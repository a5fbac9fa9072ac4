package dev.errand.docs;

import dev.errand.api.Misfire;
import dev.errand.api.Overlap;
import dev.errand.api.Periodic;
import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("reports.nightly")
@Periodic(cron = "30 2 * * *", zone = "Europe/Berlin")
@Periodic(
        name = "reports.hourly",
        every = "PT1H",
        argument = "\"short\"",
        misfire = Misfire.SKIP,
        overlap = Overlap.QUEUE)
public class NightlyReport implements TaskHandler<String, Void> {
    @Override
    public Void handle(String kind, TaskContext task) {
        System.out.println("A report: " + (kind == null ? "whole" : kind));
        return null;
    }
}
