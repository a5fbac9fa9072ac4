package dev.errand.web.fragment;

import dev.errand.web.rest.RestClasses;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The REST interface in a user's WAR, next to the JAX-RS applications of the user's own. */
@ApplicationPath("errand/api")
public class FragmentApplication extends Application {

    @Override
    public Map<String, Object> getProperties() {
        return RestClasses.PROPERTIES;
    }

    @Override
    public Set<Class<?>> getClasses() {
        return RestClasses.ALL;
    }
}
