package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.config.SettingReader;
import dev.errand.tasks.config.TasksConfig;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.datastore.DatastoreBusyException;
import dev.errand.tasks.datastore.DatastoreException;
import dev.errand.tasks.http.BadArgumentException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The effects of {@code datastore.load} on a database. There is a class per database. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
public abstract class LoadContract {
    @TempDir
    Path folder;

    private FakeTaskContext context;
    private String table;

    /** An empty database, the same for all tests; its connections commit each statement. */
    protected abstract DataSource dataSource();

    /** A connection of a person who reads tables: its statements see what is committed. */
    protected Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    @BeforeEach
    void newTask() {
        context = new FakeTaskContext();
        context.id = UUID.randomUUID().toString();
        table = "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    protected final String table() {
        return table;
    }

    /** Returns what the task has logged. */
    protected final List<String> lines() {
        return context.lines;
    }

    private LoadTask task(DataSource dataSource, Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>(settings);
        keys.put("errand.archive.dir", folder.toString());
        LoadTask task = new LoadTask();
        task.config = TasksConfig.read(new SettingReader(key -> Optional.ofNullable(keys.get(key))));
        task.dataSource = dataSource;
        task.clock = Clock.systemUTC();
        return task;
    }

    private String file(String content) throws IOException {
        Path file = Files.createTempFile(folder, "data", ".csv");
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        return file.getFileName().toString();
    }

    private Load argument(String content, String mode, List<String> key, Long maxRejected, Boolean force)
            throws IOException {
        return new Load(file(content), null, table, mode, key, null, null, null, null, null, maxRejected, force, null);
    }

    protected final LoadResult load(DataSource dataSource, String content) throws Exception {
        return task(dataSource, Map.of()).handle(argument(content, null, null, null, null), context);
    }

    protected final LoadResult load(String content, String mode, String... key) throws Exception {
        context.id = UUID.randomUUID().toString();
        return again(content, mode, key);
    }

    /** The same task runs once more. */
    private LoadResult again(String content, String mode, String... key) throws Exception {
        return task(dataSource(), Map.of())
                .handle(argument(content, mode, key.length == 0 ? null : List.of(key), null, null), context);
    }

    protected final List<String> select(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                found.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
            return found;
        }
    }

    protected final void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows() throws SQLException {
        return select("SELECT id, name FROM " + table + " ORDER BY id");
    }

    private List<String> staging() throws SQLException {
        return select(
                "SELECT table_name FROM information_schema.tables WHERE LOWER(table_name) LIKE 'errand!_stage%' ESCAPE '!'");
    }

    @Test
    void each_type_has_its_own_column_type() throws Exception {
        LoadResult result = load(
                "i;d;f;b;day;t;at;moment;text;code\n"
                        + "1;1,5;1.5e3;true;31.12.2025;12:30;2026-01-02 03:04:05.25;2026-01-02T03:04:05+02:00;a;007\n"
                        + "-22;-0,25;2e-1;FALSE;01.02.2026;00:00:01;2026-01-02 00:00;2026-01-02T00:00:00Z;;008\n"
                        + ";;;;;;;;;\n;n/a;;;;;;;b;\n",
                "replace");

        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.columns().stream().map(column -> column.name() + " " + column.type()))
                .containsExactly(
                        "i integer",
                        "d decimal",
                        "f float",
                        "b boolean",
                        "day date",
                        "t time",
                        "at datetime",
                        "moment instant",
                        "text text",
                        "code text");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table + " WHERE i = 1")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("i")).isEqualTo(1);
            assertThat(row.getBigDecimal("d")).isEqualByComparingTo(new BigDecimal("1.5"));
            assertThat(row.getDouble("f")).isEqualTo(1500.0);
            assertThat(row.getBoolean("b")).isTrue();
            assertThat(row.getObject("day", LocalDate.class)).isEqualTo("2025-12-31");
            assertThat(row.getString("t")).startsWith("12:30:00");
            assertThat(row.getObject("at", LocalDateTime.class)).isEqualTo("2026-01-02T03:04:05.250");
            assertThat(row.getString("moment")).contains("01:04:05");
            assertThat(row.getString("text")).isEqualTo("a");
            assertThat(row.getString("code")).isEqualTo("007");
        }
        assertThat(select("SELECT COUNT(*) FROM " + table + " WHERE d IS NULL AND text = 'b'"))
                .containsExactly("1");
        assertThat(staging()).isEmpty();
    }

    @Test
    void replace_leaves_the_rows_of_the_file_and_no_others() throws Exception {
        load("id,name\n1,a\n2,b\n", "replace");
        load("id,name\n3,c\n", "replace");
        assertThat(rows()).containsExactly("3|c");

        load("id,other\n4,2026-01-01\n", "replace");
        assertThat(select("SELECT * FROM " + table)).containsExactly("4|2026-01-01");
        assertThat(staging()).isEmpty();
    }

    @Test
    void a_wrong_file_changes_nothing_and_its_problems_are_named() throws Exception {
        load("id,name\n1,a\n", "replace");
        assertThatThrownBy(() -> load("id,name\n2,b\n3,c,too much\n", "replace"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("Row 3")
                .hasMessageContaining("too much")
                .hasMessageContaining(".report.html");
        assertThat(rows()).containsExactly("1|a");
    }

    @Test
    void wrong_rows_may_be_left_out() throws Exception {
        LoadResult result =
                task(dataSource(), Map.of()).handle(argument("id,name\n1,a\n2\n3,c\n", null, null, 1L, null), context);

        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.rejected()).isEqualTo(1);
        assertThat(result.report().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.row()).isEqualTo(3);
            assertThat(problem.code()).isEqualTo("missing-cell");
        });
        assertThat(rows()).containsExactly("1|a", "3|c");
    }

    @Test
    void append_adds_and_a_task_that_runs_again_adds_once() throws Exception {
        load("id,name\n1,a\n", "append");
        load("id,name\n2,b\n", "append");
        String crashed = context.id;
        load("name,id\nc,3\n", "append");

        context.id = crashed;
        assertThat(again("id,name\n2,b\n", "append").skipped()).isTrue();
        assertThat(rows()).containsExactly("1|a", "2|b", "3|c");
        assertThat(staging()).isEmpty();
    }

    @Test
    void append_of_another_type_or_column_is_refused() throws Exception {
        load("id,name\n1,a\n", "replace");
        assertThatThrownBy(() -> load("id,name\nx,b\n", "append"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContainingAll("\"id\"", "text", "integer");
        assertThatThrownBy(() -> load("id,name,more\n2,b,c\n", "append"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("\"more\"");
        load("id,name\n2,17\n", "append");
        assertThat(rows()).containsExactly("1|a", "2|17");
    }

    @Test
    void upsert_changes_the_rows_with_a_known_key_and_adds_the_others() throws Exception {
        load("id,name,note\n1,a,x\n2,b,y\n", "upsert", "id");
        load("id,name\n2,B\n3,c\n", "upsert", "ID");

        assertThat(rows()).containsExactly("1|a", "2|B", "3|c");
        assertThat(select("SELECT note FROM " + table + " WHERE id = 2")).containsExactly("y");
        assertThat(staging()).isEmpty();
    }

    @Test
    void upsert_finds_texts_of_several_columns_and_replaces_into_a_table_without_a_key() throws Exception {
        load("place,year,n\nKöln,x1,1\n", "replace");
        load("place,year,n\nKöln,x1,2\nköln,x1,3\n", "upsert", "place", "year");
        assertThat(select("SELECT n FROM " + table + " ORDER BY n")).containsExactly("2", "3");
    }

    @Test
    void upsert_refuses_a_key_that_is_empty_or_twice() {
        assertThatThrownBy(() -> load("id,name\n1,a\n,b\n1,c\n", "upsert", "id"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContainingAll("2 problems", "Row 3", "empty", "Row 4", "earlier row");
        assertThatThrownBy(() -> load("id,name\n1,a\n", "upsert"))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("\"key\"");
        assertThatThrownBy(() -> load("id,name\n1,a\n", "upsert", "nr"))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContainingAll("\"nr\"", "id, name");
    }

    @Test
    void an_unchanged_file_is_skipped_unless_it_is_forced() throws Exception {
        String content = "id,name\n1,a\n";
        assertThat(load(content, "replace").skipped()).isFalse();
        LoadResult second = load(content, "replace");
        assertThat(second.skipped()).isTrue();
        assertThat(second.rows()).isEqualTo(1);
        assertThat(second.report().columnCount()).isEqualTo(2);

        context.id = UUID.randomUUID().toString();
        assertThat(task(dataSource(), Map.of())
                        .handle(argument(content, "replace", null, null, true), context)
                        .skipped())
                .isFalse();
        execute("DROP TABLE " + table);
        assertThat(load(content, "replace").skipped()).isFalse();
        assertThat(rows()).containsExactly("1|a");
    }

    @Test
    void tables_of_others_are_never_changed() throws Exception {
        execute("CREATE TABLE " + table + " (id INT)");
        execute("INSERT INTO " + table + " VALUES (7)");
        for (String mode : List.of("replace", "append", "upsert")) {
            assertThatThrownBy(() -> load("id\n1\n2\n", mode, "id"))
                    .isInstanceOf(DatastoreException.class)
                    .hasMessageContaining("not made by datastore.load");
        }
        assertThat(select("SELECT id FROM " + table)).containsExactly("7");

        table = "errand_task";
        assertThatThrownBy(() -> load("id\n1\n2\n", "replace"))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("belong to Errand");
        table = "x\"; DROP TABLE y; --";
        assertThatThrownBy(() -> load("id\n1\n2\n", "replace")).isInstanceOf(BadArgumentException.class);
    }

    @Test
    void readers_see_the_old_rows_or_the_new_ones() throws Exception {
        StringBuilder old = new StringBuilder("id,name\n");
        StringBuilder fresh = new StringBuilder("id,name\n");
        for (int i = 0; i < 3_000; i++) {
            old.append(i).append(",old\n");
            fresh.append(i).append(",new\n").append(i + 10_000).append(",new\n");
        }
        load(old.toString(), "replace");
        Set<String> seen = new TreeSet<>();
        AtomicBoolean done = new AtomicBoolean();
        Throwable[] failure = {null};
        Thread reader = new Thread(() -> {
            try {
                do {
                    seen.addAll(select("SELECT COUNT(*), MIN(name), MAX(name) FROM " + table));
                } while (!done.get());
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        reader.start();
        load(fresh.toString(), "replace");
        done.set(true);
        reader.join();
        seen.addAll(select("SELECT COUNT(*), MIN(name), MAX(name) FROM " + table));
        assertThat(failure[0]).isNull();
        assertThat(seen).contains("6000|new|new").isSubsetOf("3000|old|old", "6000|new|new");
    }

    @Test
    void two_loads_of_a_table_do_not_run_at_once() throws Exception {
        load("id,name\n1,a\n", "replace");
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement
                    .executeQuery("SELECT name FROM errand_datastore_table WHERE name = '" + table + "' FOR UPDATE")
                    .next();
            assertThatThrownBy(() -> load("id,name\n2,b\n", "replace")).isInstanceOf(DatastoreBusyException.class);
            other.rollback();
        }
        load("id,name\n2,b\n", "replace");
        assertThat(rows()).containsExactly("2|b");
    }

    @Test
    void a_revoked_load_leaves_the_table_as_it_was() throws Exception {
        load("id,name\n1,a\n", "replace");
        StringBuilder large = new StringBuilder("id,name\n");
        for (int i = 0; i < 20_000; i++) {
            large.append(i).append(",b\n");
        }
        FakeTaskContext revoked = new FakeTaskContext() {
            @Override
            public void progress(long done, long total, String message) {
                super.progress(done, total, message);
                this.revoked |= message.equals("loading") && done > 12_000;
            }
        };
        for (String mode : List.of("replace", "append", "upsert")) {
            revoked.revoked = false;
            assertThatThrownBy(() -> task(dataSource(), Map.of())
                            .handle(argument(large.toString(), mode, List.of("id"), null, null), revoked))
                    .isInstanceOf(InterruptedException.class);
            assertThat(revoked.progress).anyMatch(progress -> progress.endsWith("/20000 loading"));
            assertThat(rows()).containsExactly("1|a");
            assertThat(staging()).isEmpty();
        }
    }

    @Test
    void a_staging_table_that_a_crash_left_is_dropped_by_the_next_load() throws Exception {
        load("id,name\n1,a\n", "replace");
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(table.getBytes(StandardCharsets.UTF_8));
        execute("CREATE TABLE errand_stage_" + String.format("%08x", crc.getValue()) + "_0123abcd (id INT)");
        load("id,name\n2,b\n", "append");
        if (dropsStaging()) {
            assertThat(staging()).isEmpty();
        } else {
            execute("DROP TABLE errand_stage_" + String.format("%08x", crc.getValue()) + "_0123abcd");
        }
    }

    /** Whether a crash can leave a staging table. */
    protected boolean dropsStaging() {
        return true;
    }

    @Test
    void names_are_quoted_and_made_different() throws Exception {
        load("order,Order,\"say \"\"hi\"\" `x`\",,Größe (m²),a;b\n1,2,3,4,5,6\n", "replace");

        assertThat(select("SELECT * FROM " + table)).containsExactly("1|2|3|4|5|6");
        LoadResult result =
                load("order,Order,\"say \"\"hi\"\" `x`\",,Größe (m²),a;b\n1,7,3,4,5,6\n", "upsert", "order");
        assertThat(result.columns().stream().map(column -> column.name()))
                .containsExactly("order", "Order_2", "say \"hi\" `x`", "column_4", "Größe (m²)", "a;b");
        assertThat(select("SELECT * FROM " + table)).containsExactly("1|7|3|4|5|6");
    }

    @Test
    void texts_arrive_as_they_are() throws Exception {
        List<String> odd = List.of(
                "tab\there",
                "line\nend",
                "cr\rlf\r\n",
                "back\\slash \\N \\.",
                "\\.",
                "\"quoted\"",
                "'a' `b`",
                "😀 é ß ő",
                "=1+1",
                " blanks ",
                "%s ? $1 :x",
                "\u0001\u007f",
                "x".repeat(100_000));
        StringBuilder csv = new StringBuilder("n,text\n");
        for (int i = 0; i < odd.size(); i++) {
            csv.append(i + ",\"" + odd.get(i).replace("\"", "\"\"") + "\"\n");
        }
        load(csv.toString(), "replace");
        List<String> found = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT text FROM " + table + " ORDER BY n")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        assertThat(found).isEqualTo(odd);
    }

    @Test
    void more_columns_than_a_table_can_have_are_refused() {
        StringBuilder header = new StringBuilder("c0");
        StringBuilder row = new StringBuilder("0");
        for (int i = 1; i < 16_385; i++) {
            header.append(",c").append(i);
            row.append(",0");
        }
        assertThatThrownBy(() -> load(header + "\n" + row + "\n", "replace"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("16384");
    }

    @Test
    void many_rows_and_long_numbers_keep_all_of_their_digits() throws Exception {
        StringBuilder csv = new StringBuilder("id,amount,big\n");
        for (int i = 0; i < 25_000; i++) {
            csv.append(i).append(",0.1234567890123,").append("123456789012345678901234567890\n");
        }
        assertThat(load(csv.toString(), "replace").rows()).isEqualTo(25_000);
        assertThat(select("SELECT COUNT(*), COUNT(DISTINCT id) FROM " + table)).containsExactly("25000|25000");
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT amount, big FROM " + table + " WHERE id = 24999")) {
            row.next();
            assertThat(row.getBigDecimal(1)).isEqualByComparingTo("0.1234567890123");
            assertThat(row.getBigDecimal(2)).isEqualByComparingTo("123456789012345678901234567890");
        }
    }

    /** The setting names a schema that exists; {@code create} makes it. */
    protected final void assertLoadsIntoSchema(String schema) throws Exception {
        task(dataSource(), Map.of("errand.datastore.schema", schema))
                .handle(argument("id,name\n1,a\n", null, null, null, null), context);
        assertThat(select("SELECT id, name FROM " + schema + "." + table)).containsExactly("1|a");
        assertThatThrownBy(this::rows).isInstanceOf(SQLException.class);
    }
}
