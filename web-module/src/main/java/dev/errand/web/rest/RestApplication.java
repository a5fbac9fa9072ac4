package dev.errand.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** All classes of the REST interface. They are named one by one, so that no server adds others that it finds. */
@ApplicationPath("api")
public class RestApplication extends Application {

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
        return Set.of(
                ApiResource.class,
                TasksResource.class,
                HandlersResource.class,
                QueuesResource.class,
                NodesResource.class,
                SchedulesResource.class,
                HealthResource.class,
                MetricsResource.class,
                JsonWriter.OfRecords.class,
                JsonWriter.OfLists.class,
                JsonWriter.OfTrees.class,
                ProblemMapper.class);
    }
}
