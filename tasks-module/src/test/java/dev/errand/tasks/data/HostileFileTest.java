package dev.errand.tasks.data;

import static dev.errand.tasks.data.Inspections.problems;
import static dev.errand.tasks.data.Inspections.report;
import static dev.errand.tasks.data.Workbook.number;
import static dev.errand.tasks.data.Workbook.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.tasks.FakeTaskContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that want to fill the memory or take all of the time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class HostileFileTest {
    @TempDir
    Path folder;

    /** A file that repeats a text. */
    private Inspected repeated(String start, String text, long bytes, String end)
            throws IOException, InterruptedException {
        Path file = folder.resolve("hostile");
        byte[] block = text.repeat(Math.max(1, 64 * 1024 / text.length())).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
        Progress progress = new Progress(new FakeTaskContext());
        return Inspection.of(
                DataFile.of(file, Inspections.DETECT, Inspections.LIMITS, progress),
                Inspections.DETECT,
                null,
                List.of(),
                progress);
    }

    private static void assertFatal(Inspected inspected, String reason) {
        assertThat(inspected.isFatal()).isTrue();
        assertThat(inspected.report().problems().get(0).reason()).contains(reason);
    }

    @Test
    void a_cell_of_100_megabytes_is_a_problem_of_the_file() throws Exception {
        assertFatal(repeated("id,text\n1,a\n2,", "x", 100_000_000, "\n3,b\n"), "line 2");
        assertFatal(repeated("id,text\n1,a\n2,\"", "x\n", 100_000_000, "\"\n3,b\n"), "line 2");
    }

    @Test
    void a_line_without_an_end_is_a_problem_of_the_file() throws Exception {
        assertFatal(repeated("", "1,", 100_000_000, ""), Integer.toString(Limits.COLUMNS));
        assertThatThrownBy(() -> repeated("{\"a\": \"", "x", 100_000_000, "\"}"))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("Line 1");
    }

    @Test
    void a_hundred_thousand_columns_are_a_problem_of_the_file() {
        String row = String.join(",", Collections.nCopies(100_000, "a"));
        assertFatal(Inspections.of(row + "\n" + row + "\n"), Integer.toString(Limits.COLUMNS));
    }

    @Test
    void ten_thousand_columns_are_read() {
        String row = String.join(",", Collections.nCopies(10_000, "1"));
        Report report = report(row + "\n" + row + "\n");
        assertThat(report.columnCount()).isEqualTo(10_000);
        assertThat(report.columns()).hasSize(1_000);
    }

    @Test
    void a_long_name_and_a_name_that_all_columns_have_take_no_time() {
        String row = String.join(",", Collections.nCopies(16_000, "name"));
        assertThat(report(row + "\n").columns().get(999).name()).isEqualTo("name_1000");
        assertThat(report("x".repeat(4_000_000) + ",\ud83d\ude00".repeat(2) + "\n1,2,3\n")
                        .columns())
                .extracting(Report.ColumnReport::name)
                .containsExactly("x".repeat(63), "\ud83d\ude00", "\ud83d\ude00_2");
    }

    @Test
    void nul_bytes_and_half_pairs_are_problems_of_their_cells() {
        assertThat(problems(report("id,text\n1,a\0b\n2,c\n"))).containsExactly("2 text bad-character");
        assertThat(problems(report("{\"id\": 1, \"text\": \"\\ud83d\"}\n{\"id\": 2, \"text\": \"\\u0000\"}\n")))
                .containsExactly("1 text bad-character", "2 text bad-character");
    }

    @Test
    void more_rows_than_the_limit_are_a_problem_of_the_file() throws Exception {
        assertFatal(repeated("id\n", "1\n", 2_100_000, ""), "errand.datastore.max-rows");
    }

    @Test
    void deep_json_is_a_problem_of_its_line() {
        assertThat(report("{\"a\": " + "[".repeat(100_000) + "}\n{\"a\": 1}\n").problems())
                .extracting(Problem::code)
                .containsExactly("bad-json");
    }

    @Test
    void long_numbers_are_texts() {
        String digits = "9".repeat(2_000_000);
        assertThat(report("n\n" + digits + "\n1e999999999\n").columns().get(0).type())
                .isEqualTo("text");
        assertThat(Inspections.report(new Workbook("s")
                                .sheet(1, text("n"), number("1e-999999999"), number(digits))
                                .bytes())
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo("text");
    }

    @Test
    void a_bomb_in_a_spreadsheet_is_stopped_at_the_limit() {
        byte[] sheet = new Workbook("s")
                .part("xl/worksheets/s1.xml", out -> {
                    out.write("<worksheet><sheetData><row><c t='inlineStr'><is><t>a</t></is></c></row>".getBytes());
                    byte[] blanks = " ".repeat(1024 * 1024).getBytes();
                    for (int i = 0; i < 300; i++) {
                        out.write(blanks);
                    }
                    out.write("</sheetData></worksheet>".getBytes());
                })
                .bytes();
        assertThat(sheet.length).isLessThan(1_000_000);
        Inspected inspected = Inspections.of(sheet, Inspections.DETECT, null);
        assertFatal(inspected, "zip bomb");

        byte[] shared = new Workbook("s")
                .part("xl/sharedStrings.xml", out -> {
                    out.write("<sst>".getBytes());
                    byte[] items = "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>"
                            .repeat(20_000)
                            .getBytes();
                    for (int i = 0; i < 100; i++) {
                        out.write(items);
                    }
                    out.write("</sst>".getBytes());
                })
                .sheet(1, text("a"))
                .bytes();
        assertThatThrownBy(() -> report(shared))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("sharedStrings");
    }

    @Test
    void a_cell_beyond_the_last_column_a_long_tag_a_long_text_and_a_wrong_number_are_refused() {
        assertFatal(inspect("<c r='ZZZZZZ1'><v>1</v></c>"), "beyond column");
        assertFatal(inspect("<c r='" + "A".repeat(100_000) + "1'><v>1</v></c>"), "tag of more than");
        assertFatal(inspect(text("x".repeat(5_000_000))), "characters");
        assertThat(problems(inspect("<c t='s'><v>99999999999</v></c>").report()))
                .containsExactly("2 a cell-error");
    }

    private static Inspected inspect(String row) {
        return Inspections.of(new Workbook("s").sheet(1, text("a"), row).bytes(), Inspections.DETECT, null);
    }

    @Test
    void entities_of_a_spreadsheet_are_not_read() {
        Workbook workbook = new Workbook("s").sheet(1, text("a"), number("1"));
        workbook.part(
                "xl/sharedStrings.xml",
                "<!DOCTYPE sst [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sst><si><t>&x;</t></si></sst>");
        assertThatThrownBy(() -> report(workbook.bytes()))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("damaged");
    }
}
