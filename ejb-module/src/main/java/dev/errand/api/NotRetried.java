package dev.errand.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An exception type that another run cannot help, such as a wrong argument or a closed account. No {@link RetryPolicy} retries
 * a run that ends with such an exception, one of its subclasses, or an exception that it has caused: the task is in FAILURE at
 * once. It takes precedence over {@link RetryPolicy#on()} of every handler. {@link TaskContext#retry} is the handler's own
 * decision and still retries.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotRetried {}
