package dev.errand.docs.jobrunr;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

@Stateless
@Task("thumbnail.make")
public class Thumbnails implements TaskHandler<String, Void> {
    @Override
    public Void handle(String image, TaskContext task) {
        task.log("Reading " + image);
        task.progress(1, 2, "read");
        return null;
    }
}
