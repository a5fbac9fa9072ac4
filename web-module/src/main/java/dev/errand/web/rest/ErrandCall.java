package dev.errand.web.rest;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource of Errand's REST interface, with {@link ErrandCallInterceptor} around its calls. Its path is a template,
 * {@code {errand: tasks}}: if a user's JAX-RS application in the same WAR takes all resources that it finds, a resource
 * of the user's with the path {@code tasks} comes first, because it has more literal characters.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ErrandCall {

    /** Whether the call needs no log-in; default false. */
    @Nonbinding
    boolean open() default false;
}
