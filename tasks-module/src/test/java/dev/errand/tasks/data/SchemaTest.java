package dev.errand.tasks.data;

import static dev.errand.tasks.data.Inspections.columns;
import static dev.errand.tasks.data.Inspections.problems;
import static dev.errand.tasks.data.Inspections.report;
import static dev.errand.tasks.data.Inspections.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.tasks.http.BadArgumentException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Map<String, Object> schema(String json) {
        return JSON.readValue(json.replace('\'', '"'), new TypeReference<>() {});
    }

    private static Inspected inspect(String csv, String schema) {
        return Inspections.of(csv.getBytes(StandardCharsets.UTF_8), Inspections.DETECT, schema(schema));
    }

    @Test
    void types_are_the_schemas() {
        Inspected inspected = inspect(
                "code,n,price,ok,day,at,word\n007,5,1.50,1,31/12/2026,2026-01-02T03:04:05Z,9\n",
                "{'fields': [{'name': 'code'}, {'name': 'n', 'type': 'integer'}, {'name': 'price', 'type': 'number'},"
                        + " {'name': 'ok', 'type': 'boolean'}, {'name': 'day', 'type': 'date', 'format': '%d/%m/%Y'},"
                        + " {'name': 'at', 'type': 'datetime'}, {'name': 'word', 'type': 'string'}]}");
        assertThat(columns(inspected.report()))
                .containsExactly(
                        "code text", "n integer", "price decimal", "ok boolean", "day date", "at instant", "word text");
        assertThat(rows(inspected))
                .containsExactly(List.of("007", "5", "1.50", "true", "2026-12-31", "2026-01-02 03:04:05+00", "9"));
    }

    @Test
    void every_wrong_cell_is_reported_with_row_column_value_and_reason() {
        Report report = report(
                "id,n,day\n1,x,2026-01-01\n2,5,tomorrow\n,y,2026-13-01\n",
                schema("{'fields': [{'name': 'id', 'type': 'integer', 'constraints': {'required': true}},"
                        + " {'name': 'n', 'type': 'integer'}, {'name': 'day', 'type': 'date'}]}"));
        assertThat(problems(report))
                .containsExactly("2 n type", "3 day type", "4 id required", "4 n type", "4 day type");
        assertThat(report.problems().get(0).value()).isEqualTo("x");
        assertThat(report.problems().get(0).reason()).isEqualTo("The value is not a whole number.");
        assertThat(report.rejected()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            integer | 'minimum': 5               | 5   | 4    | minimum
            integer | 'maximum': '10'            | 9   | 11   | maximum
            number  | 'minimum': 0.5             | 0.5 | 0.49 | minimum
            date    | 'maximum': '2026-01-01'    | 2025-12-31 | 2026-01-02 | maximum
            string  | 'minLength': 2             | ab  | a    | min-length
            string  | 'maxLength': 2             | 😀é | abc  | max-length
            string  | 'pattern': '[A-Z]{2}\\\\d+' | AB1 | ab1  | pattern
            string  | 'enum': ['a', 'b']         | b   | c    | enum
            integer | 'enum': [1, 2]             | 2   | 3    | enum
            string  | 'unique': true             | a   | x    | unique
            """)
    void constraints_hold(String type, String constraint, String good, String wrong, String code) {
        String schema = "{'fields': [{'name': 'k'}, {'name': 'v', 'type': '" + type + "', 'constraints': {" + constraint
                + "}}]}";
        Report report = report(
                "k,v\nz,x\n".replace("z,x\n", code.equals("unique") ? "0,x\n" : "") + "1," + good + "\n2," + wrong
                        + "\n",
                schema(schema));
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.value()).isEqualTo(wrong);
            assertThat(problem.column()).isEqualTo("v");
        });
    }

    @Test
    void missing_values_are_the_schemas() {
        Inspected inspected = inspect(
                "n,s\n-99,x\n5,-\n",
                "{'fields': [{'name': 'n', 'type': 'integer'}, {'name': 's', 'type': 'string'}],"
                        + " 'missingValues': ['-99', '-']}");
        assertThat(rows(inspected)).containsExactly(Arrays.asList(null, "x"), Arrays.asList("5", null));
    }

    @Test
    void a_primary_key_is_present_and_different() {
        Report report = report(
                "a,b\n1,x\n1,y\n1.0,x\n,z\n",
                schema("{'fields': [{'name': 'a', 'type': 'number'}, {'name': 'b'}], 'primaryKey': ['a', 'b']}"));
        // 1 and 1.0 differ as texts only
        assertThat(problems(report)).contains("5 a primary-key");
    }

    @Test
    void numbers_may_have_other_separators_and_units() {
        Inspected inspected = inspect(
                "p\n\"1.234,5\"\n",
                "{'fields': [{'name': 'p', 'type': 'number', 'decimalChar': ',', 'groupChar': '.'}]}");
        assertThat(rows(inspected)).containsExactly(List.of("1234.5"));
        assertThat(rows(inspect(
                        "p\n€ 12.5 net\n", "{'fields': [{'name': 'p', 'type': 'number', 'bareNumber': false}]}")))
                .containsExactly(List.of("12.5"));
    }

    @Test
    void columns_and_fields_must_match() {
        Inspected inspected = inspect("b,c\n1,2\n", "{'fields': [{'name': 'a'}, {'name': 'B'}]}");
        assertThat(inspected.isFatal()).isTrue();
        assertThat(problems(inspected.report())).containsExactly("1 a missing-column", "1 c extra-column");
    }

    @Test
    void other_types_are_checked_and_kept_as_text() {
        Report report = report(
                "o;u;y;d\n\"{\"\"a\"\":1}\";not;2026;P1DT2H\n[;1e8b2e6c-70a5-4a0d-8a8c-0123456789ab;26;x\n",
                schema("{'fields': [{'name': 'o', 'type': 'object'}, {'name': 'u', 'type': 'string', 'format': 'uuid'},"
                        + " {'name': 'y', 'type': 'year'}, {'name': 'd', 'type': 'duration'}]}"));
        assertThat(problems(report)).containsExactly("2 u type", "3 o type", "3 y type", "3 d type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | no fields
            {'fields': [{}]}                                          | no name at fields[0]
            {'fields': [{'name': 'a', 'type': 'int'}]}                | "int" at fields[0]. Allowed: any
            {'fields': [{'name': 'a'}, {'name': 'A'}]}                | two fields
            {'fields': [{'name': 'a'}], 'primaryKey': 'b'}            | primaryKey "b"
            {'field': []}                                             | part "field"
            {'fields': [{'name': 'a', 'constraints': {'min': 1}}]}    | constraint "min"
            {'fields': [{'name': 'a', 'constraints': {'pattern': '('}}]} | fields[0].constraints.pattern
            {'fields': [{'name': 'a', 'type': 'integer', 'constraints': {'minimum': 'x'}}]} | fields[0].constraints.minimum
            {'fields': [{'name': 'a', 'type': 'date', 'format': '%Q'}]} | format "%Q"
            """)
    void a_wrong_schema_is_refused_with_its_place(String schema, String message) {
        assertThatThrownBy(() -> inspect("a\n1\n", schema))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_pattern_that_takes_for_ages_is_stopped() {
        assertThatThrownBy(() -> inspect(
                        "a\n" + "a".repeat(200) + "!\n",
                        "{'fields': [{'name': 'a', 'constraints': {'pattern': 'a*a*a*a*a*b'}}]}"))
                .isInstanceOf(BadArgumentException.class)
                .hasMessageContainingAll("a*a*a*a*a*b", "too long");
    }
}
