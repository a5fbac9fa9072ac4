package dev.errand.manage.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The description of an MBean, an attribute, an operation or a parameter, for an administrator. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@interface Described {
    String value();

    /** Whether an operation changes something. If so, a server with roles lets only some administrators call it. */
    boolean changes() default false;
}
