package dev.errand.tasks.data;

import static dev.errand.tasks.data.Inspections.columns;
import static dev.errand.tasks.data.Inspections.problems;
import static dev.errand.tasks.data.Inspections.rows;
import static dev.errand.tasks.data.Workbook.number;
import static dev.errand.tasks.data.Workbook.styled;
import static dev.errand.tasks.data.Workbook.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.tasks.http.BadArgumentException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SpreadsheetTest {
    private static Inspected inspect(Workbook workbook) {
        return Inspections.of(workbook.bytes(), Inspections.DETECT, null);
    }

    @Test
    void cells_have_their_types() {
        Inspected inspected = inspect(new Workbook("Data")
                .part(
                        "xl/sharedStrings.xml",
                        "<sst><si><t>name</t></si><si><r><t>Kö</t></r><r><t>ln</t></r><rPh><t>x</t></rPh></si></sst>")
                .sheet(
                        1,
                        "<c t='s'><v>0</v></c>" + text("n") + text("day") + text("at") + text("time") + text("ok")
                                + text("sum") + text("red"),
                        "<c t='s'><v>1</v></c>" + number("0.30000000000000004") + styled(1, "46023")
                                + styled(2, "46023.5") + styled(3, "0.75")
                                + "<c t='b'><v>1</v></c><c><f>1+1</f><v>2</v></c>" + styled(4, "5"),
                        text("007") + number("1E+2") + styled(1, "61") + styled(2, "1.25") + styled(3, "0")
                                + "<c t='b'><v>0</v></c>" + "<c t='str'><f>A1</f><v>3</v></c>" + styled(4, "6")));

        assertThat(inspected.report().format()).isEqualTo("xlsx");
        assertThat(inspected.report().sheet()).isEqualTo("Data");
        assertThat(columns(inspected.report()))
                .containsExactly(
                        "name text",
                        "n decimal",
                        "day date",
                        "at datetime",
                        "time time",
                        "ok boolean",
                        "sum integer",
                        "red integer");
        assertThat(rows(inspected))
                .containsExactly(
                        List.of("Köln", "0.3", "2026-01-01", "2026-01-01 12:00:00", "18:00:00", "true", "2", "5"),
                        List.of("007", "100", "1900-03-01", "1900-01-01 06:00:00", "00:00:00", "false", "3", "6"));
    }

    @Test
    void short_rows_merged_cells_and_gaps_are_empty() {
        Inspected inspected = inspect(new Workbook("Data")
                .sheet(
                        1,
                        text("a") + text("b") + text("c"),
                        "<c r='C2'><v>3</v></c>",
                        "",
                        "<c r='A4'><v>1</v></c><c r='B4'/>"));
        assertThat(rows(inspected)).containsExactly(Arrays.asList(null, null, "3"), Arrays.asList("1", null, null));
        assertThat(inspected.report().valid()).isTrue();
    }

    @Test
    void an_error_of_a_formula_is_a_problem_of_its_cell() {
        Inspected inspected = inspect(new Workbook("Data")
                .sheet(
                        1,
                        text("a") + text("b"),
                        number("1") + "<c t='e'><f>1/0</f><v>#DIV/0!</v></c>",
                        number("2") + number("3")));
        assertThat(problems(inspected.report())).containsExactly("2 b cell-error");
        assertThat(inspected.report().problems().get(0).value()).isEqualTo("#DIV/0!");
        assertThat(rows(inspected)).containsExactly(List.of("2", "3"));
    }

    @Test
    void a_sheet_is_chosen_by_name_or_number() {
        byte[] file = new Workbook("One", "Two")
                .sheet(1, text("a"), number("1"))
                .sheet(2, text("b"), number("2"))
                .bytes();
        for (String sheet : List.of("Two", "2")) {
            Options options = Options.of(null, null, null, sheet);
            assertThat(columns(Inspections.of(file, options, null).report())).containsExactly("b integer");
        }
        assertThatThrownBy(() -> Inspections.of(file, Options.of(null, null, null, "3"), null))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContainingAll("One", "Two");
    }

    @Test
    void days_may_count_from_1904() {
        Workbook workbook = new Workbook("Data");
        workbook.part(
                "xl/workbook.xml",
                "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                        + "<workbookPr date1904='1'/><sheets><sheet name='Data' r:id='r1'/></sheets></workbook>");
        assertThat(rows(inspect(workbook.sheet(1, text("day"), styled(1, "0"), styled(1, "1.5")))))
                .containsExactly(List.of("1904-01-01 00:00:00"), List.of("1904-01-02 12:00:00"));
    }

    @Test
    void a_zip_that_is_no_spreadsheet_says_so() {
        assertThatThrownBy(() -> inspect(new Workbook("Data").part("xl/workbook.xml", "<x")))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("damaged");
        byte[] truncated = Arrays.copyOf(new Workbook("Data").bytes(), 200);
        assertThatThrownBy(() -> Inspections.report(truncated))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("cannot be unpacked");
    }

    @Test
    void a_format_is_a_date_only_outside_of_its_texts() {
        assertThat(List.of("yyyy-mm-dd", "[h]:mm", "m/d/yy", "[$-407]d. mmm")).allMatch(Spreadsheet::isDate);
        assertThat(List.of("General", "0.00", "[Red]0", "0 \"days\"", "#,##0\\d", "@", "0_d"))
                .noneMatch(Spreadsheet::isDate);
    }
}
