package dev.errand.manage.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an administrator reads beside an MBean, an attribute, an operation or a parameter. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
@interface Described {
    String value();

    /** Whether an operation changes something; a server with roles lets only some administrators call it then. */
    boolean changes() default false;
}
