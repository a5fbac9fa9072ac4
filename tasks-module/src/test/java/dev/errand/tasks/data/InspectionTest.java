package dev.errand.tasks.data;

import static dev.errand.tasks.data.Inspections.columns;
import static dev.errand.tasks.data.Inspections.problems;
import static dev.errand.tasks.data.Inspections.report;
import static dev.errand.tasks.data.Inspections.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messy files, one fault each. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InspectionTest {
    private static byte[] with(byte[] bom, String text, Charset charset) {
        byte[] content = text.getBytes(charset);
        byte[] all = Arrays.copyOf(bom, bom.length + content.length);
        System.arraycopy(content, 0, all, bom.length, content.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-7", "windows-1251"})
    void an_encoding_is_detected(String encoding) {
        String word = encoding.equals("ISO-8859-7")
                ? "Αθήνα είναι η πρωτεύουσα της Ελλάδας"
                : encoding.equals("windows-1251")
                        ? "Москва столица России, и самый большой город"
                        : "Düsseldorf ist schöner als Köln";
        String text = "id;name\n"
                + IntStream.range(0, 50).mapToObj(i -> i + ";" + word + "\n").collect(Collectors.joining());
        Inspected inspected = Inspections.of(text.getBytes(Charset.forName(encoding)), Inspections.DETECT, null);

        assertThat(inspected.report().encoding()).isEqualToIgnoringCase(encoding);
        assertThat(rows(inspected)).hasSize(50).contains(List.of("7", word));
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_name() {
        assertThat(columns(report(with(
                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, "id,ö\n1,2\n", StandardCharsets.UTF_8))))
                .containsExactly("id integer", "ö integer");
        assertThat(columns(
                        report(with(new byte[] {(byte) 0xFF, (byte) 0xFE}, "id,ö\n1,2\n", StandardCharsets.UTF_16LE))))
                .containsExactly("id integer", "ö integer");
    }

    @Test
    void a_late_letter_of_another_encoding_counts() {
        String text = "id;name\n" + "1;Koeln\n".repeat(200_000) + "2;Köln\n";
        Report report = report(text.getBytes(Charset.forName("windows-1252")));
        assertThat(report.encoding()).isEqualTo("windows-1252");
        assertThat(report.valid()).isTrue();
    }

    @Test
    void damaged_bytes_are_a_problem_of_their_cell() {
        byte[] text = ("id,name\n" + "1,Köln\n".repeat(30) + "2,K?ln\n3,x\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '?' ? (byte) 0xFF : text[i];
        }
        Report report = report(text);
        assertThat(report.encoding()).isEqualTo("UTF-8");
        assertThat(problems(report)).containsExactly("32 name encoding");
    }

    @Test
    void the_sender_may_name_the_encoding() {
        byte[] text = "id;name\n1;Łódź\n".getBytes(Charset.forName("ISO-8859-2"));
        Inspected inspected = Inspections.of(text, Options.of("ISO-8859-2", null, null, null), null);
        assertThat(rows(inspected)).containsExactly(List.of("1", "Łódź"));
        assertThatThrownBy(() -> Inspections.of(text, Options.of("nonsense", null, null, null), null))
                .hasMessageContaining("encoding is \"nonsense\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void a_delimiter_is_detected(String delimiter) {
        Report report = report("id,name,note\n1,a b,\"x, y; z\"\n2,c,\n"
                .replace(",", delimiter)
                .replace("x" + delimiter, "x,"));
        assertThat(report.delimiter()).isEqualTo(delimiter);
        assertThat(columns(report)).containsExactly("id integer", "name text", "note text");
    }

    @Test
    void decimal_commas_are_no_delimiters() {
        Report report = report("a;b\n1,5;2,5\n3,5;4,5\n");
        assertThat(report.delimiter()).isEqualTo(";");
        assertThat(columns(report)).containsExactly("a decimal", "b decimal");
        assertThat(rows("1,5;2,5\n3,5;4,25\n")).containsExactly(List.of("1.5", "2.5"), List.of("3.5", "4.25"));
    }

    @Test
    void a_first_line_may_name_the_delimiter() {
        assertThat(rows("sep=;\r\nid;name\r\n1;a,b\r\n")).containsExactly(List.of("1", "a,b"));
    }

    @Test
    void apostrophes_may_quote() {
        assertThat(rows("id,name\n1,'a,b'\n2,'c,d'\n")).containsExactly(List.of("1", "a,b"), List.of("2", "c,d"));
        assertThat(rows("id,name\n1,it's\n2,'tis\n")).containsExactly(List.of("1", "it's"), List.of("2", "'tis"));
    }

    @Test
    void line_ends_may_be_mixed() {
        Report report = report("id,name\r\n1,a\n2,b\r3,c");
        assertThat(report.lineEnd()).isEqualTo("mixed");
        assertThat(report.rows()).isEqualTo(3);
    }

    @Test
    void quotes_within_quotes_and_lines_within_cells() {
        assertThat(rows("id,text\n1,\"say \"\"hi\"\"\"\n2,\"two\nlines\"\n3,a \"b\" c\n"))
                .containsExactly(List.of("1", "say \"hi\""), List.of("2", "two\nlines"), List.of("3", "a \"b\" c"));
    }

    @Test
    void a_quote_without_an_end_is_a_problem_of_the_file() {
        Inspected inspected = Inspections.of("id,text\n1,a\n2,\"b\n3,c\n");
        assertThat(inspected.isFatal()).isTrue();
        assertThat(inspected.report().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("line 3", "closing"));
    }

    @Test
    void blank_lines_are_skipped_and_rows_have_their_line_number() {
        Report report = report("\nid,name\n\n1,a\n,\n   \n2,b,c\n");
        assertThat(report.rows()).isEqualTo(2);
        assertThat(problems(report)).containsExactly("7 null extra-cell");
        assertThat(report.problems().get(0).value()).isEqualTo("c");
    }

    @Test
    void separators_at_the_end_are_no_cells() {
        assertThat(rows("id,name,\n1,a,\n2,b,,\n")).containsExactly(List.of("1", "a"), List.of("2", "b"));
    }

    @Test
    void missing_cells_are_named() {
        Report report = report("id,name,note\n1,a,x\n2,b\n");
        assertThat(problems(report)).containsExactly("3 note missing-cell");
        assertThat(report.rejected()).isEqualTo(1);
    }

    @Test
    void duplicate_empty_and_long_names_become_different() {
        Report report = report("a,A,,a_2," + "é".repeat(40) + "\n1,2,3,4,5\n");
        assertThat(report.columns().stream().map(Report.ColumnReport::name))
                .containsExactly("a", "A_3", "column_3", "a_2", "é".repeat(31));
        assertThat(report.warnings())
                .hasSize(3)
                .allMatch(warning -> warning.code().equals("header-changed"));
        assertThat(report.valid()).isTrue();
    }

    @Test
    void a_file_may_have_no_header() {
        assertThat(columns(report("1,2026-01-01,x\n2,2026-01-02,y\n")))
                .containsExactly("column_1 integer", "column_2 date", "column_3 text");
        assertThat(columns(report("a,b\nc,d\n"))).containsExactly("a text", "b text");
        Options no = Options.of(null, null, false, null);
        assertThat(columns(Inspections.of("a,b\nc,d\n".getBytes(), no, null).report()))
                .containsExactly("column_1 text", "column_2 text");
    }

    @Test
    void years_may_be_names() {
        assertThat(columns(report("country,2019,2020\nDE,1.5,2\nFR,3,4.5\n")))
                .containsExactly("country text", "2019 decimal", "2020 decimal");
    }

    @Test
    void titles_before_the_table_are_skipped() {
        Inspected inspected = Inspections.of("Population\n\nSource: us;;\nid;name;n\n1;a;5\n2;b;6\n");
        assertThat(inspected.report().headerRow()).isEqualTo(4);
        assertThat(inspected.report().warnings())
                .filteredOn(warning -> warning.code().equals("preamble"))
                .hasSize(2);
        assertThat(rows(inspected)).containsExactly(List.of("1", "a", "5"), List.of("2", "b", "6"));
    }

    @Test
    void a_row_late_in_the_file_still_decides_a_type() {
        String numbers = IntStream.range(0, 5_000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertThat(columns(report("n\n" + numbers + "none of these\n"))).containsExactly("n text");
        assertThat(columns(report("n\n" + numbers + "1.5\n"))).containsExactly("n decimal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 2 -3                              | integer
            007 8                               | text
            0 0.5                               | decimal
            1,5 2,25                            | decimal
            1.234,5 2,0                         | decimal
            1,234.5 2.0                         | decimal
            1,234 5,678                         | text
            1,234 5,6                           | decimal
            1.234 5.678                         | decimal
            12345678901234567890                | decimal
            1e5 2.5E-3                          | float
            5kg 6kg                             | text
            10% 20%                             | text
            +4912345 1                          | text
            true FALSE                          | boolean
            yes NO                              | boolean
            yes true                            | text
            0 1                                 | integer
            2026-01-02 2026-12-31               | date
            2026-02-30 2026-01-01               | text
            2026/1/2 2026/12/31                 | date
            31/12/2026 01/02/2026               | date
            12/31/2026 01/02/2026               | date
            01/02/2026 03/04/2026               | text
            01/01/2026 02/02/2026               | date
            31/12/2026 12/31/2026               | text
            1.2.2026 3.4.2026                   | date
            31-12-2026 1-2-2026                 | date
            2026-01-02T03:04 2026-01-02         | datetime
            2026-01-02T03:04:05Z 2026-01-02T03:04:05+01:00 | instant
            2026-01-02T03:04:05Z 2026-01-02T03:04:05 | text
            12:30 23:59:59                      | time
            25:00 12:30                         | text
            NA n/a                              | text
            NA 5 -                              | integer
            NA DE                               | text
            """)
    void types_follow_from_all_values(String values, String type) {
        String text = "value;x\n"
                + Arrays.stream(values.trim().split(" "))
                        .map(value -> value + ";x\n")
                        .collect(Collectors.joining());
        if (values.contains(",")) {
            // a comma between the cells, for which a lone comma in numbers says nothing
            text = text.replaceAll("(?m)^(.*);x$", "\"$1\",x");
        }
        assertThat(columns(Inspections.of(text.getBytes(), Options.of(null, null, true, null), null)
                        .report()))
                .first()
                .isEqualTo("value " + type);
    }

    @Test
    void values_become_what_databases_read() {
        assertThat(
                        rows(
                                "a;b;c;d;e\n1.234,50;31/12/2026;YES;2026-01-02T23:30:00.1234567-01:00;NA\n-2,5;01/02/2026;no;2026-01-02T00:00:00Z;7\n"))
                .containsExactly(
                        Arrays.asList("1234.50", "2026-12-31", "true", "2026-01-03 00:30:00.123456+00", null),
                        Arrays.asList("-2.5", "2026-02-01", "false", "2026-01-02 00:00:00+00", "7"));
        assertThat(rows("n;x\n1 234 567;a\n12;b\n")).containsExactly(List.of("1234567", "a"), List.of("12", "b"));
    }

    @Test
    void other_columns_show_the_decimal_separator() {
        assertThat(columns(report("a;b;c\n\"1,234\";0,5;x\n\"5,678\";1,5;y\n"))).contains("a decimal", "b decimal");
        assertThat(columns(report("a\tb\tc\n1,234\t0.5\tx\n5,678\t1.5\ty\n"))).contains("a integer", "b decimal");
    }

    @Test
    void a_doubt_is_a_warning() {
        assertThat(report("day,n\n01/02/2026,1\n03/04/2026,2\n").warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.column()).isEqualTo("day");
                    assertThat(warning.code()).isEqualTo("ambiguous");
                });
    }

    @Test
    void json_lines_have_a_column_per_name() {
        Inspected inspected =
                Inspections.of("{\"id\":1,\"name\":\"a\"}\n\n{\"id\":2.50,\"tags\":[1,\"x\"],\"name\":null}\n");
        assertThat(inspected.report().format()).isEqualTo("jsonl");
        assertThat(columns(inspected.report())).containsExactly("id decimal", "name text", "tags text");
        assertThat(rows(inspected))
                .containsExactly(Arrays.asList("1", "a", null), Arrays.asList("2.50", null, "[1,\"x\"]"));
    }

    @Test
    void a_json_problem_has_line_and_column() {
        Report report = report("{\"id\":1}\n{\"id\": oops}\n[1]\n{\"id\":1,\"id\":2}\n{\"id\":3} {}\n");
        assertThat(report.rejected()).isEqualTo(4);
        assertThat(report.problems()).extracting(Problem::row).containsExactly(2L, 3L, 4L, 5L);
        assertThat(report.problems().get(0).reason()).contains("Line 2, column ");
        assertThat(report.problems().get(0).position()).isBetween(8, 13);
    }

    @Test
    void an_array_of_json_a_page_and_other_formats_are_refused_with_the_remedy() {
        assertThatThrownBy(() -> report("[{\"id\":1}]")).hasMessageContaining("JSON lines");
        assertThatThrownBy(() -> report("<!DOCTYPE html><html>")).hasMessageContaining("page");
        assertThatThrownBy(() -> report("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> report(" \n\n ")).hasMessageContaining("blanks");
        assertThatThrownBy(() -> report(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}))
                .hasMessageContaining("XLSX");
        assertThatThrownBy(() -> report(new byte[] {0x1F, (byte) 0x8B, 8})).hasMessageContaining("gzip");
    }

    @Test
    void a_file_with_a_header_only_has_no_rows() {
        Report report = report("id,name\n");
        assertThat(report.rows()).isZero();
        assertThat(columns(report)).containsExactly("id text", "name text");
    }

    @Test
    void problems_are_kept_to_a_number_and_counted_beyond() {
        String text = "id,name\n" + "1\n".repeat(Problems.KEPT + 500);
        Report report = report(text);
        assertThat(report.problemCount()).isEqualTo(Problems.KEPT + 500);
        assertThat(report.problemCounts()).containsEntry("missing-cell", Problems.KEPT + 500L);
        assertThat(report.problems()).hasSize(Problems.KEPT);
        assertThat(report.forResult("h", "j").problems()).hasSize(100);
        assertThat(HtmlReport.of(report, "x")).contains("500 more are not shown");
    }

    @Test
    void a_page_shows_texts_not_markup() {
        Report report = report("id,\"<script>alert(1)</script>\"\n1,a\n2,b,\"<img src=x onerror=alert(1)>\"\n");
        assertThat(HtmlReport.of(report, "<b>&\"'"))
                .contains("&lt;b&gt;&amp;&quot;&#39;", "&lt;img src=x", "default-src 'none'")
                .doesNotContain("<script", "<img", "<b>");
    }
}
