package dev.errand.bench.peer;

import dev.errand.bench.Handled;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A transaction of the caller, which a system joins by a datasource that gives out the transaction's connection. */
final class Joined {
    private final DataSource database;
    private final ThreadLocal<Connection> current = new ThreadLocal<>();

    Joined(DataSource database) {
        this.database = database;
    }

    /** Writes the row, and what else belongs to the transaction. */
    void write(String argument, Runnable more) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            current.set(withoutEnd(connection));
            Handled.write(argument, dataSource());
            more.run();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            current.remove();
        }
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, args) -> {
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
            }
            Connection joined = current.get();
            // outside a transaction, as a system looks at the database when it starts
            return joined == null ? database.getConnection() : joined;
        });
    }

    private static Connection withoutEnd(Connection connection) {
        return proxy(
                Connection.class,
                (method, args) -> method.getName().equals("close") ? null : method.invoke(connection, args));
    }

    private interface Call {
        Object on(Method method, Object[] args) throws ReflectiveOperationException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Joined.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    try {
                        return call.on(method, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
