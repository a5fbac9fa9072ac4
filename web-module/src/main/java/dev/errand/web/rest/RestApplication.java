package dev.errand.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The REST interface in Errand's own WAR. */
@ApplicationPath("api")
public class RestApplication extends Application {
    private static final String BUILT_IN_TASKS = "dev.errand.tasks.webhook.WebhookControl";

    @Override
    public Map<String, Object> getProperties() {
        return RestClasses.PROPERTIES;
    }

    /** Returns those of a user's WAR, and those that need more than the engine. */
    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestClasses.ALL);
        // not in a user's WAR: its path is that of a root of the user's
        classes.add(ApiResource.class);
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
