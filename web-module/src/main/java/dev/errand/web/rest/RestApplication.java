package dev.errand.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** All that there is of REST, named one by one so that no server adds what it finds. */
@ApplicationPath("api")
public class RestApplication extends Application {

    /** Jersey describes the calls to whoever sends OPTIONS, with its own name and version; elsewhere nobody knows this key. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                ApiResource.class,
                TasksResource.class,
                HandlersResource.class,
                QueuesResource.class,
                HealthResource.class,
                JsonWriter.class,
                ProblemMapper.class);
    }
}
