package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.database.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlLoadStoreTest extends LoadContract {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.builder().start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Override
    protected DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /** All is one transaction. */
    @Override
    protected boolean dropsStaging() {
        return false;
    }

    @Test
    void the_schema_is_a_setting() throws Exception {
        execute("CREATE SCHEMA portal");
        assertLoadsIntoSchema("portal");
    }

    @Test
    void rights_of_readers_outlast_a_replaced_table() throws Exception {
        execute("CREATE ROLE \"the reader\"");
        load("id,name\n1,a\n", "replace");
        execute("GRANT SELECT ON " + table() + " TO \"the reader\"");
        load("id,name\n2,b\n", "replace");
        assertThat(select("SELECT has_table_privilege('the reader', '" + table() + "', 'SELECT')"))
                .containsExactly("t");
    }

    @Test
    void without_the_drivers_copy_the_rows_are_inserted() throws Exception {
        LoadResult result =
                load(hidden(), "id,n,d,b,t\n1,1.5,2026-01-02,true,x\n2,,,,\n3,0.25,2026-01-03,false,\"a\tb\"\n");
        assertThat(result.rows()).isEqualTo(3);
        assertThat(lines()).singleElement().asString().contains("COPY");
        assertThat(select("SELECT * FROM " + table() + " ORDER BY id"))
                .containsExactly("1|1.5|2026-01-02|t|x", "2|null|null|null|null", "3|0.25|2026-01-03|f|a\tb");
        load("id\n4\n5\n", "replace");
        assertThat(lines()).as("with COPY").hasSize(1);
    }

    /** A datasource whose connections do not let the application reach the driver. */
    private static DataSource hidden() {
        DataSource real = postgres.getPostgresDatabase();
        return proxy(
                DataSource.class,
                real,
                (method, result) -> result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (name, value) -> name.equals("isWrapperFor") ? false : value)
                        : result);
    }

    private interface Change {
        Object of(String method, Object result);
    }

    private static <T> T proxy(Class<T> type, T real, Change change) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    try {
                        return change.of(method.getName(), method.invoke(real, values));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
