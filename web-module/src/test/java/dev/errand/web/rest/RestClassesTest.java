package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The REST classes lie in a user's WAR as well, where the user's JAX-RS application may take all that it finds. */
class RestClassesTest {
    private static final List<Class<?>> RESOURCES = RestClasses.ALL.stream()
            .<Class<?>>map(type -> type)
            .filter(type -> type.isAnnotationPresent(Path.class))
            .toList();

    @Test
    void everyResourceChecksItsCaller() {
        assertThat(RESOURCES).isNotEmpty().allMatch(type -> type.isAnnotationPresent(ErrandCall.class));
    }

    @Test
    void onlyTheHealthIsOpen() {
        assertThat(RESOURCES.stream()
                        .filter(type -> type.getAnnotation(ErrandCall.class).open()))
                .containsExactly(HealthResource.class);
    }

    @Test
    void noPathComesBeforeThatOfAUser() {
        assertThat(RESOURCES.stream().map(type -> type.getAnnotation(Path.class).value()))
                .allMatch(path -> path.matches("\\{errand: [a-z]+}"));
    }

    @Test
    void nothingIsFoundAsAProvider() {
        assertThat(RestClasses.ALL).noneMatch(type -> type.isAnnotationPresent(Provider.class));
    }
}
