package dev.errand.store.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The prefix of the tables, {@code errand.table-prefix}. The statements of the engine, of JPA and of Flyway name the tables
 * without the prefix; a datasource with the prefix adds it. The names of indexes get it as well, because some databases have them
 * once per schema. The table of the sample application has no prefix. Thread-safe.
 */
public final class TablePrefix {
    /** The beginning of a name. A name that has the prefix already does not match. */
    private static final Pattern NAME = Pattern.compile("\\berrand_(?!sample_)");

    /** The methods of a connection and of a statement whose first parameter is SQL. */
    private static final Set<String> SQL_FIRST = Set.of(
            "prepareStatement",
            "prepareCall",
            "nativeSQL",
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "addBatch");

    private TablePrefix() {}

    /**
     * Returns a datasource that adds the prefix to the names in all statements.
     *
     * @param prefix empty for the datasource as it is
     */
    public static DataSource on(DataSource dataSource, String prefix) {
        return prefix.isEmpty() ? dataSource : proxy(DataSource.class, dataSource, prefix);
    }

    /**
     * Adds the prefix to each name of a table or an index in a text.
     *
     * @param prefix empty for the text as it is
     */
    public static String add(String prefix, String text) {
        return prefix.isEmpty() ? text : NAME.matcher(text).replaceAll(prefix + "errand_");
    }

    private static <T> T proxy(Class<T> type, T target, String prefix) {
        return type.cast(Proxy.newProxyInstance(
                TablePrefix.class.getClassLoader(), new Class<?>[] {type}, new Naming(target, prefix)));
    }

    private record Naming(Object target, String prefix) implements InvocationHandler {
        @Override
        public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("equals")) {
                return self == arguments[0];
            }
            if (SQL_FIRST.contains(method.getName()) && arguments != null && arguments[0] instanceof String sql) {
                arguments[0] = add(prefix, sql);
            }
            try {
                return named(method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private Object named(Object result) {
            if (result instanceof Connection connection) {
                return proxy(Connection.class, connection, prefix);
            }
            return result instanceof Statement statement && !(result instanceof PreparedStatement)
                    ? proxy(Statement.class, statement, prefix)
                    : result;
        }
    }
}
