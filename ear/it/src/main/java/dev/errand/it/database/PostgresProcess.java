package dev.errand.it.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.it.client.Ports;
import dev.errand.it.client.Rest;
import dev.errand.it.server.Folders;
import dev.errand.it.server.Listening;
import dev.errand.it.server.ServerProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PostgreSQL that a test pulls the plug of, and starts again on the same data and port. */
public final class PostgresProcess implements Database {
    private final Path data;
    private final int port;
    private final Map<String, String> settings = new HashMap<>();
    private EmbeddedPostgres postgres;

    /** Not started; its data is target/server-it/NAME/postgres, and what an earlier one of this name left is deleted. */
    public PostgresProcess(String name, int port) {
        this.data = Path.of(System.getProperty("errand.it.servers"), name, "postgres");
        this.port = Ports.of(port);
        // a confirmed commit must be there after a crash; that is not the default of embedded PostgreSQL
        settings.put("synchronous_commit", "on");
        try {
            Folders.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To call before {@link #start()}. */
    PostgresProcess with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public PostgresProcess start() {
        Listening.requireFree(port);
        try {
            EmbeddedPostgres.Builder builder = Postgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port);
            settings.forEach(builder::setServerConfig);
            postgres = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /**
     * Starts a standby that confirms each commit of this server, and starts this server again for it.
     *
     * @param name the folder of the standby
     */
    PostgresProcess startStandby(String name, int standbyPort) {
        close();
        PostgresProcess standby = new PostgresProcess(name, standbyPort);
        try {
            Folders.copy(data, standby.data);
            // PostgreSQL refuses a folder that others may read
            Files.setPosixFilePermissions(standby.data, PosixFilePermissions.fromString("rwx------"));
            Files.createFile(standby.data.resolve("standby.signal"));
            Files.writeString(
                    standby.data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=localhost port=" + port + " user=postgres application_name=standby'\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        with("synchronous_standby_names", "standby").start();
        standby.start();
        Awaitility.await()
                .atMost(Rest.PATIENCE)
                .until(() ->
                        select("SELECT sync_state FROM pg_stat_replication").equals(List.of("sync")));
        return standby;
    }

    /** Makes this standby the primary server. */
    void promote() {
        assertThat(select("SELECT pg_promote()")).containsExactly("t");
    }

    @Override
    public Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @Override
    public int cutConnections(Random random) {
        List<String> cut = Database.aThird(
                select("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                        + " AND pid <> pg_backend_pid() ORDER BY pid"),
                random);
        cut.forEach(pid -> select("SELECT pg_terminate_backend(" + pid + ")"));
        return cut.size();
    }

    @Override
    public ServerProcess at(ServerProcess server) {
        return at(server, port);
    }

    /** @param link the port by which the server reaches it */
    ServerProcess at(ServerProcess server, int link) {
        return server.onDatabase(org.postgresql.Driver.class, url(link), "postgres", "any");
    }

    int port() {
        return port;
    }

    /** As in a power cut: none of its processes gets to do anything any more. */
    public void crash() {
        List<ProcessHandle> processes = processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
        // nothing is left to be stopped, but only so will it let another have its folder
        close();
    }

    private List<ProcessHandle> processes() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(first), first.descendants()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url(port);
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** Ends it, and frees the room of a large one. */
    void closeAndDelete() {
        close();
        try {
            Folders.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
