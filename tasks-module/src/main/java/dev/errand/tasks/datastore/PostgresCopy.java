package dev.errand.tasks.datastore;

import dev.errand.tasks.data.Inspected;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The COPY of PostgreSQL's driver, found by reflection: the driver is the server's, and the application does not see its
 * classes. For one thread.
 */
final class PostgresCopy {
    private static final int BUFFER = 64 * 1024;

    private final Object manager;
    private final Method copyIn;

    private PostgresCopy(Object manager, Method copyIn) {
        this.manager = manager;
        this.copyIn = copyIn;
    }

    /** Finds the driver's COPY. The result is empty if the datasource does not let the application reach it. */
    static Optional<PostgresCopy> of(Connection connection) throws SQLException {
        List<ClassLoader> loaders = Stream.of(
                        connection.getMetaData().getClass().getClassLoader(),
                        Thread.currentThread().getContextClassLoader(),
                        PostgresCopy.class.getClassLoader())
                .filter(loader -> loader != null)
                .distinct()
                .toList();
        for (ClassLoader loader : loaders) {
            try {
                Class<?> type = Class.forName("org.postgresql.PGConnection", false, loader);
                if (connection.isWrapperFor(type)) {
                    Object manager = type.getMethod("getCopyAPI").invoke(connection.unwrap(type));
                    return Optional.of(new PostgresCopy(
                            manager,
                            manager.getClass().getMethod("copyIn", String.class, InputStream.class, int.class)));
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                // another loader may have it; without any, rows are inserted
            }
        }
        return Optional.empty();
    }

    /** Copies all good rows into a table. */
    void write(Tables tables, String table, List<TableColumn> columns, Inspected file)
            throws SQLException, IOException, InterruptedException {
        String sql = "COPY " + tables.name(table) + " (" + tables.database().quoteAll(columns)
                + ") FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')";
        try (Inspected.GoodRows rows = file.open()) {
            copyIn.invoke(manager, sql, new Encoder(rows), BUFFER);
        } catch (IllegalAccessException e) {
            throw new DatastoreException("PostgreSQL's driver does not allow COPY.", e);
        } catch (InvocationTargetException e) {
            throw rethrown(e.getCause());
        }
    }

    /** Throws the encoder's exception, which the driver may have wrapped. */
    private static RuntimeException rethrown(Throwable failure) throws SQLException, IOException, InterruptedException {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof Stopped stopped) {
                throw stopped.interruption;
            }
        }
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    /** An interruption within a stream, which can throw only an IOException. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient InterruptedException interruption;

        Stopped(InterruptedException interruption) {
            super(interruption);
            this.interruption = interruption;
        }
    }

    /** The rows in COPY's text format, made as the driver reads them. */
    private static final class Encoder extends InputStream {
        private final Inspected.GoodRows rows;
        private byte[] buffer = new byte[2 * BUFFER];
        private int length;
        private int position;
        private boolean finished;

        Encoder(Inspected.GoodRows rows) {
            this.rows = rows;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            if (position == length && !fill()) {
                return -1;
            }
            int copied = Math.min(count, length - position);
            System.arraycopy(buffer, position, target, from, copied);
            position += copied;
            return copied;
        }

        private boolean fill() throws IOException {
            position = 0;
            length = 0;
            try {
                while (!finished && length < BUFFER) {
                    String[] values = rows.next();
                    if (values == null) {
                        finished = true;
                    } else {
                        encode(values);
                    }
                }
            } catch (InterruptedException e) {
                throw new Stopped(e);
            }
            return length > 0;
        }

        private void encode(String[] values) {
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                // a character has at most three bytes, or two with its escape
                int needed = length + (value == null ? 2 : 3 * value.length()) + 2;
                if (needed > buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.max(needed, buffer.length * 2));
                }
                if (i > 0) {
                    buffer[length++] = '\t';
                }
                if (value == null) {
                    buffer[length++] = '\\';
                    buffer[length++] = 'N';
                } else {
                    encode(value);
                }
            }
            buffer[length++] = '\n';
        }

        private void encode(String value) {
            int chars = value.length();
            for (int i = 0; i < chars; i++) {
                char c = value.charAt(i);
                if (c < 0x80) {
                    escape(c);
                } else if (c < 0x800) {
                    buffer[length++] = (byte) (0xC0 | c >> 6);
                    buffer[length++] = (byte) (0x80 | c & 0x3F);
                } else if (Character.isHighSurrogate(c)) {
                    int point = Character.toCodePoint(c, value.charAt(++i));
                    buffer[length++] = (byte) (0xF0 | point >> 18);
                    buffer[length++] = (byte) (0x80 | point >> 12 & 0x3F);
                    buffer[length++] = (byte) (0x80 | point >> 6 & 0x3F);
                    buffer[length++] = (byte) (0x80 | point & 0x3F);
                } else {
                    buffer[length++] = (byte) (0xE0 | c >> 12);
                    buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                    buffer[length++] = (byte) (0x80 | c & 0x3F);
                }
            }
        }

        private void escape(char c) {
            switch (c) {
                case '\t' -> escaped('t');
                case '\n' -> escaped('n');
                case '\r' -> escaped('r');
                case '\\' -> escaped('\\');
                default -> buffer[length++] = (byte) c;
            }
        }

        private void escaped(char c) {
            buffer[length++] = '\\';
            buffer[length++] = (byte) c;
        }
    }
}
