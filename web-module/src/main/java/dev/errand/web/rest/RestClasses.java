package dev.errand.web.rest;

import java.util.Map;
import java.util.Set;

/**
 * The classes of the REST interface, in Errand's WAR and in a user's. They are named one by one, so that no server adds
 * others that it finds.
 */
public final class RestClasses {

    public static final Set<Class<?>> ALL = Set.of(
            TasksResource.class,
            HandlersResource.class,
            QueuesResource.class,
            HealthResource.class,
            MetricsResource.class,
            NodesResource.class,
            ProblemsResource.class,
            SchedulesResource.class,
            WorkflowsResource.class,
            LimitsResource.class,
            OwnApplicationFilter.class,
            AwaitFilter.class,
            JsonWriter.OfRecords.class,
            JsonWriter.OfLists.class,
            JsonWriter.OfTrees.class,
            ProblemMapper.class);

    /**
     * Turns off Jersey's answer to OPTIONS, which describes the calls with Jersey's name and version. Other servers
     * ignore the key.
     */
    public static final Map<String, Object> PROPERTIES = Map.of("jersey.config.server.wadl.disableWadl", true);

    private RestClasses() {}
}
