package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiResourceTest {

    @Test
    void everyCallIsListedAndNoOther() {
        List<String> there = new ArrayList<>();
        for (Class<?> type : new RestApplication().getClasses()) {
            Path base = type.getAnnotation(Path.class);
            for (Method method : base == null ? new Method[0] : type.getDeclaredMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    if (annotation.annotationType().isAnnotationPresent(HttpMethod.class)) {
                        there.add(verb(annotation) + " " + path(base, method.getAnnotation(Path.class)));
                    }
                }
            }
        }

        // the method has the pattern of a task's address, so that a task may have the id "batch"
        there.replaceAll(call -> call.equals("POST /tasks/{id}") ? "POST /tasks/batch" : call);
        List<String> listed = new ArrayList<>();
        new ApiResource().calls().calls().forEach(call -> listed.add(call.method() + " " + call.path()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(there);
    }

    private static String verb(Annotation annotation) {
        assertThat(annotation.annotationType()).isIn(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);
        return annotation.annotationType().getSimpleName();
    }

    private static String path(Path base, Path own) {
        String whole = "/" + base.value().replaceAll("\\{errand: (.*)}", "$1") + (own == null ? "" : "/" + own.value());
        return whole.replace(": .+", "");
    }
}
