package dev.errand.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The tables, for a user who may not make any, as docs/install/tables.md tells it. On databases that have users. */
abstract class RightsContract extends SchemaContract {
    private static final Path WALK = Path.of(System.getProperty("errand.it.root"), "docs/install/tables.md");

    /** The name of the database's maker for it. */
    abstract String product();

    /** Returns an empty database, for a user with all rights in it. It takes several statements at once. */
    abstract DataSource owned() throws Exception;

    /** The database that {@link #owned} made last, for the application's user, after these statements of the walk. */
    abstract DataSource granted(List<String> statements) throws Exception;

    /** The statements in the part of the walk that begins with these words, up to the next part. */
    private static List<String> walk(String begins) throws Exception {
        String text = Files.readString(WALK);
        String part = text.substring(text.indexOf(begins));
        Matcher block = Pattern.compile("(?s)```sql\\s+(.*?)```").matcher(part);
        assertThat(block.find()).as("SQL after " + begins).isTrue();
        return Stream.of(block.group(1).split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private String folder() {
        return product().toLowerCase(Locale.ROOT);
    }

    private DataSource granted() throws Exception {
        return granted(walk(product() + ":"));
    }

    private static void execute(DataSource database, List<String> statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private void migrate(DataSource database, String target) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/errand/" + folder())
                .table("errand_schema")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(target)
                .load()
                .migrate();
    }

    private void migrateByHand(DataSource database) throws Exception {
        for (String file : Schema.MIGRATIONS) {
            try (var sql = Schema.class.getClassLoader().getResourceAsStream("db/errand/" + folder() + "/" + file)) {
                execute(database, List.of(new String(sql.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        execute(database, walk("By hand"));
    }

    /** The application has the rights for all that it does with rows. */
    private static void use(DataSource database) throws SQLException {
        execute(
                database,
                List.of(
                        "INSERT INTO errand_queue (name, paused) VALUES ('q', FALSE)",
                        "UPDATE errand_queue SET paused = TRUE WHERE name = 'q'",
                        "DELETE FROM errand_queue WHERE name = 'q'"));
    }

    private static void mayMakeNoTable(DataSource database) {
        assertThatThrownBy(() -> execute(database, List.of("CREATE TABLE mine (id INT)")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void tablesThatFlywayMadeForAnotherApplicationAreUsed() throws Exception {
        DataSource owner = owned();
        migrate(owner, "latest");
        DataSource user = granted();

        mayMakeNoTable(user);
        Schema.migrate(user, "");
        use(user);
    }

    @Test
    void tablesThatWereMadeByHandAreUsed() throws Exception {
        DataSource owner = owned();
        migrateByHand(owner);
        DataSource user = granted();

        mayMakeNoTable(user);
        Schema.migrate(user, "");
        use(user);
    }

    /** It takes ten seconds: so long Flyway tries. */
    @Test
    void tablesThatAreNotThereAreAskedFor() throws Exception {
        owned();
        asksForTables(granted());
    }

    @Test
    void tablesOfAnOlderVersionAreAskedForAndNothingIsBroken() throws Exception {
        DataSource owner = owned();
        migrate(owner, "1");
        DataSource user = granted();

        asksForTables(user);
        asksForTables(user);
        assertThat(versions(owner)).containsExactly("1");

        migrate(owner, "latest");
        Schema.migrate(granted(), "");
    }

    private void asksForTables(DataSource user) {
        assertThatThrownBy(() -> Schema.migrate(user, ""))
                .isInstanceOf(SQLException.class)
                .hasMessageContainingAll(
                        "lacks a right",
                        "create and alter tables",
                        "errand-ejb.jar",
                        "db/errand/" + folder() + "/",
                        "docs/install/tables.md",
                        "denied");
    }

    private static List<String> versions(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version FROM errand_schema ORDER BY installed_rank")) {
            Stream.Builder<String> versions = Stream.builder();
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
            return versions.build().toList();
        }
    }
}
