package dev.errand.it.app;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.Stateless;

/** A handler in a WAR: it runs with the WAR's class loader, which finds what the WAR alone has. */
@Stateless
@Task("it.web")
public class WebTask implements TaskHandler<WebTask.Page, String> {
    public record Page(String title) {}

    @Override
    public String handle(Page page, TaskContext task) throws Exception {
        Class<?> own = Thread.currentThread().getContextClassLoader().loadClass(WebTask.class.getName());
        return page.title() + " " + (own == WebTask.class);
    }
}
