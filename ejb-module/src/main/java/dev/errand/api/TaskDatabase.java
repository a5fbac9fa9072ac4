package dev.errand.api;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@link javax.sql.DataSource} that tasks are kept in, to inject anywhere in the EAR: whatever the configuration key
 * {@code errand.datasource} names. What you write to it in the transaction of a {@link TaskSender} or a handler is committed
 * with the task, in one commit. It is the server's own datasource; it may be shared by threads, its connections may not.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface TaskDatabase {}
