package dev.errand.tasks.data;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Tables that are written in any dialect and encoding are read as they were. */
class TableRoundTripPropertyTest {

    /** A table with a number in front, so that the header is one. */
    record Table(List<List<String>> rows) {}

    record Written(char delimiter, LineDelimiter lines, boolean quoted, Charset charset) {}

    @Provide
    Arbitrary<Table> tables() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("abzÄßé;,|\t\"'\n 01.-=")
                .ofMaxLength(12)
                // a cell without a letter may be a number, and one of blanks only is empty
                .map(cell -> "x" + cell + "y");
        Arbitrary<String> number = Arbitraries.integers().map(String::valueOf);
        return Arbitraries.integers()
                .between(2, 5)
                .flatMap(width -> Combinators.combine(number, text.list().ofSize(width - 1))
                        .as((first, others) -> {
                            List<String> row = new ArrayList<>(List.of(first));
                            row.addAll(others);
                            return row;
                        })
                        .list()
                        .ofMinSize(3)
                        .ofMaxSize(20)
                        .map(Table::new));
    }

    @Provide
    Arbitrary<Written> dialects() {
        return Combinators.combine(
                        Arbitraries.of(',', ';', '\t', '|'),
                        Arbitraries.of(LineDelimiter.LF, LineDelimiter.CRLF, LineDelimiter.CR),
                        Arbitraries.of(true, false),
                        Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE))
                .as(Written::new);
    }

    @Property(tries = 300)
    void a_table_is_read_as_it_was_written(@ForAll("tables") Table table, @ForAll("dialects") Written dialect) {
        byte[] bytes = write(table, dialect);
        // in a table of three rows, nothing tells its delimiter from one within the texts
        Options options = Options.of(dialect.charset().name(), String.valueOf(dialect.delimiter()), true, null);
        Inspected inspected = Inspections.of(bytes, options, null);

        assertThat(inspected.report().problems()).isEmpty();
        assertThat(inspected.columns().get(0).type()).isEqualTo(ColumnType.INTEGER);
        assertThat(Inspections.rows(inspected)).isEqualTo(table.rows());
    }

    @Property(tries = 300)
    void dialect_and_encoding_are_detected(@ForAll("plainTables") Table table, @ForAll("dialects") Written dialect) {
        Inspected inspected = Inspections.of(write(table, dialect), Inspections.DETECT, null);

        assertThat(inspected.report().delimiter()).isEqualTo(String.valueOf(dialect.delimiter()));
        assertThat(inspected.report().encoding()).isEqualTo(dialect.charset().name());
        assertThat(Inspections.rows(inspected)).isEqualTo(table.rows());
    }

    /** Tables whose texts have none of the delimiters. */
    @Provide
    Arbitrary<Table> plainTables() {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("abzÄßé\"\n 01").ofMaxLength(12).map(cell -> "x" + cell + "y");
        return Combinators.combine(Arbitraries.integers().map(String::valueOf), text, text)
                .as(List::of)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30)
                .map(Table::new);
    }

    @Property(tries = 200)
    void numbers_are_detected_with_either_comma(@ForAll("amounts") List<BigDecimal> amounts, @ForAll boolean comma) {
        StringBuilder csv = new StringBuilder("id;amount\n0;0" + (comma ? "," : ".") + "5\n");
        for (int i = 0; i < amounts.size(); i++) {
            String plain = amounts.get(i).toPlainString();
            csv.append(i + 1)
                    .append(';')
                    .append(comma ? plain.replace('.', ',') : plain)
                    .append('\n');
        }
        Inspected inspected = Inspections.of(csv.toString());
        assertThat(inspected.columns().get(1).type()).isEqualTo(ColumnType.DECIMAL);
        List<List<String>> rows = Inspections.rows(inspected);
        for (int i = 0; i < amounts.size(); i++) {
            assertThat(new BigDecimal(rows.get(i + 1).get(1))).isEqualByComparingTo(amounts.get(i));
        }
    }

    @Provide
    Arbitrary<List<BigDecimal>> amounts() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
                .ofScale(2)
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 1_000)
    void no_bytes_are_an_unexpected_failure(@ForAll byte[] bytes) {
        try {
            Inspections.rows(Inspections.of(bytes, Inspections.DETECT, null));
        } catch (DataFileException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }

    private static byte[] write(Table table, Written dialect) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = CsvWriter.builder()
                .fieldSeparator(dialect.delimiter())
                .lineDelimiter(dialect.lines())
                .quoteStrategy(dialect.quoted() ? QuoteStrategies.ALWAYS : QuoteStrategies.REQUIRED)
                .build(text)) {
            List<String> header = new ArrayList<>();
            for (int i = 0; i < table.rows().get(0).size(); i++) {
                header.add("column " + i);
            }
            writer.writeRecord(header);
            table.rows().forEach(writer::writeRecord);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return text.toString().getBytes(dialect.charset());
    }
}
