package dev.errand.web.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The REST interface in Errand's own WAR. */
@ApplicationPath("api")
public class RestApplication extends Application {

    @Override
    public Map<String, Object> getProperties() {
        return RestClasses.PROPERTIES;
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RestClasses.ALL);
        // not in a user's WAR: its path is that of a root of the user's
        classes.add(ApiResource.class);
        return classes;
    }
}
