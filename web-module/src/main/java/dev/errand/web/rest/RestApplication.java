package dev.errand.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** All classes of the REST interface. They are named one by one, so that no server adds others that it finds. */
@ApplicationPath("api")
public class RestApplication extends Application {
    private static final String BUILT_IN_TASKS = "dev.errand.tasks.webhook.WebhookControl";

    /**
     * Turns off Jersey's answer to OPTIONS, which describes the calls with Jersey's name and version. Other servers
     * ignore the key.
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(Set.of(
                ApiResource.class,
                TasksResource.class,
                HandlersResource.class,
                QueuesResource.class,
                HealthResource.class,
                MetricsResource.class,
                NodesResource.class,
                JsonWriter.OfRecords.class,
                JsonWriter.OfLists.class,
                JsonWriter.OfTrees.class,
                ProblemMapper.class));
        if (hasBuiltInTasks()) {
            classes.add(WebhooksResource.class);
        }
        return classes;
    }

    /** Returns whether the application has the built-in tasks, which it may leave out. */
    private static boolean hasBuiltInTasks() {
        try {
            Class.forName(BUILT_IN_TASKS, false, RestApplication.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
