package dev.errand.api;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@link javax.sql.DataSource} that holds the tasks, for injection anywhere in the EAR. The configuration key
 * {@code errand.datasource} names it. Changes that you make through it in the transaction of a {@link TaskSender} or a
 * handler are committed with the task, in one commit. It is the server's own datasource: threads may share it, but not its
 * connections.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface TaskDatabase {}
