package dev.errand.store.database;

import dev.errand.api.TaskDatabase;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The datasource of {@link TaskDatabase}, for statements about the engine's tables: it adds {@code errand.table-prefix} to their
 * names. Applications have tables of their own, so theirs adds nothing.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface TaskTables {}
