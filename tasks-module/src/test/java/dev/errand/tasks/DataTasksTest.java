package dev.errand.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.errand.json.Json;
import dev.errand.tasks.data.DataFileException;
import dev.errand.tasks.data.Report;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.tasks.http.RefusedAddressException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code datastore.validate} and {@code datastore.load}, and their arguments. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class DataTasksTest {
    @TempDir
    Path temp;

    private final FakeTaskContext context = new FakeTaskContext();
    private final ValidateTask validate = new ValidateTask();
    private final LoadTask load = new LoadTask();
    private Path folder;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(temp.resolve("archive"));
        server = new TestServer(folder, Map.of("errand.archive.max-bytes", "1000"));
        validate.http = server.http;
        validate.config = server.config;
        validate.clock = Clock.systemUTC();
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + temp.getFileName() + ";DB_CLOSE_DELAY=-1");
        load.http = server.http;
        load.config = server.config;
        load.clock = Clock.systemUTC();
        load.dataSource = database;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Report validate(String json) throws InterruptedException {
        return validate.handle((Validation) Json.read(json.replace('\'', '"'), Validation.class), context);
    }

    private LoadResult load(String json) throws InterruptedException {
        return load.handle((Load) Json.read(json.replace('\'', '"'), Load.class), context);
    }

    private void archive(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @Test
    void a_file_of_the_archive_is_reported_in_the_result_and_beside_it() throws Exception {
        archive("a.csv", "id,name\n1,a\n2,b,<i>\n");
        Report report = validate("{'file': 'a.csv'}");

        assertThat(report.valid()).isFalse();
        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("<i>"));
        assertThat(folder.resolve(report.html())).content().contains("<h1>a.csv</h1>", "&lt;i&gt;");
        assertThat(folder.resolve(report.json())).content().contains("\"extra-cell\"");
        assertThat(server.files()).containsExactlyInAnyOrder("a.csv", report.html(), report.json());
        assertThat(Json.read(Json.write(report), Report.class)).isEqualTo(report);
    }

    @Test
    void a_url_is_fetched_and_its_copy_deleted() throws Exception {
        server.on("/data.csv", 200, "id,name\n1,a\n");
        Report report = validate("{'url': '" + server.url("/data.csv") + "'}");

        assertThat(report.valid()).isTrue();
        assertThat(server.files()).containsExactlyInAnyOrder(report.html(), report.json());
        assertThat(folder.resolve(report.html())).content().contains("data.csv");
    }

    @Test
    void a_url_has_the_guards_of_the_archiver() {
        server.on("/large.csv", 200, "id\n" + "1\n".repeat(1_000));
        assertThat(catchThrowable(() -> validate("{'url': '" + server.url("/large.csv") + "'}")))
                .isInstanceOf(SizeLimitException.class);
        assertThat(catchThrowable(() -> validate("{'url': 'http://127.0.0.2/x'}")))
                .isInstanceOf(RefusedAddressException.class);
        assertThat(server.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "", ".", "a/../../secret", "link", "\\u0000"})
    void nothing_outside_of_the_folder_is_read(String file) throws Exception {
        Files.writeString(temp.resolve("secret"), "id\n1\n");
        Files.createSymbolicLink(folder.resolve("link"), temp.resolve("secret"));
        assertThatThrownBy(() -> validate("{'file': '" + file + "'}"))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining("archive folder");
    }

    @Test
    void a_missing_or_unfinished_file_is_named() throws Exception {
        archive(".half.part", "id\n1\n");
        for (String file : List.of("none.csv", ".half.part")) {
            assertThatThrownBy(() -> validate("{'file': '" + file + "'}"))
                    .isInstanceOf(DataFileException.class)
                    .hasMessageContainingAll(file, "errand.archive.dir");
        }
    }

    @Test
    void arguments_are_checked() {
        assertThatThrownBy(() -> validate.handle(null, context)).isInstanceOf(BadArgumentException.class);
        assertThatThrownBy(() -> load.handle(null, context)).isInstanceOf(BadArgumentException.class);
        assertThatThrownBy(() -> validate("{}")).hasMessageContaining("either \"file\"");
        assertThatThrownBy(() -> validate("{'file': 'a', 'url': 'http://a.test/'}"))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> validate("{'file': 'a', 'tabel': 'b'}"))
                .rootCause()
                .hasMessageContaining("\"tabel\"");
        assertThatThrownBy(() -> load("{'file': 'a', 'tabel': 'b'}"))
                .rootCause()
                .hasMessageContaining("\"tabel\"");
        assertThatThrownBy(() -> load("{'file': 'a', 'mode': 'insert'}"))
                .hasMessageContaining("replace, append, upsert");
        assertThatThrownBy(() -> load("{'file': 'a', 'maxRejected': -1}")).hasMessageContaining("maxRejected");
        assertThatThrownBy(() -> load("{'file': 'a', 'delimiter': 'ab'}")).hasMessageContaining("delimiter");
        assertThatThrownBy(() -> load("{'file': 'a', 'table': 'a b'}")).hasMessageContaining("table is \"a b\"");
    }

    @Test
    void the_result_of_the_archiver_is_an_argument() throws Exception {
        String name = ArchiveName.stem("some/id") + ".City List.csv";
        archive(name, "id,name\n1,a\n2,b\n");
        String archived = Json.write(new ArchiveResult(name, 20, "hash", "text/csv", 200, null));

        assertThat(validate(archived).valid()).isTrue();
        LoadResult loaded = load(archived);
        assertThat(loaded.table()).isEqualTo("city_list");
        assertThat(loaded.rows()).isEqualTo(2);
        assertThat(Json.write(loaded))
                .contains("\"rows\":2", "\"rejected\":0", "\"columns\":[{\"name\":\"id\"", "\"report\":{");
    }

    @Test
    void a_key_may_be_one_name() throws Exception {
        archive("a.csv", "id,name\n1,a\n");
        assertThat(load("{'file': 'a.csv', 'table': 'one', 'mode': 'upsert', 'key': 'id'}")
                        .rows())
                .isEqualTo(1);
        context.id = "task-2";
        assertThat(load("{'file': 'a.csv', 'table': 'one', 'mode': 'upsert', 'key': ['id']}")
                        .skipped())
                .isTrue();
    }

    @Test
    void a_schema_decides_what_is_loaded() throws Exception {
        archive("a.csv", "id,name\n1,a\nx,b\n");
        String schema = "'schema': {'fields': [{'name': 'id', 'type': 'integer'}, {'name': 'name'}]}";
        assertThatThrownBy(() -> load("{'file': 'a.csv', " + schema + "}"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContainingAll("Row 3, column id, value \"x\"", "whole number");
        context.id = "task-2";
        LoadResult result = load("{'file': 'a.csv', 'maxRejected': 1, " + schema + "}");
        assertThat(result.rows()).isEqualTo(1);
        assertThat(result.rejected()).isEqualTo(1);
    }
}
