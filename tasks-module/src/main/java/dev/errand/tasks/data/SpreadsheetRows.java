package dev.errand.tasks.data;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The rows of a sheet. Of a formula it reads the value that the file has. For one thread. */
final class SpreadsheetRows implements Rows {
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(1899, 12, 30, 0, 0);
    private static final LocalDateTime FIRST_DAY_1904 = LocalDateTime.of(1904, 1, 1, 0, 0);
    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_466);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Spreadsheet workbook;
    private final XMLStreamReader xml;
    private final List<String> cells = new ArrayList<>();
    private long number;
    private Fault fault;

    SpreadsheetRows(Path file, String sheet, long maxBytes) throws IOException {
        workbook = Spreadsheet.open(file);
        try {
            xml = BoundedXml.open(workbook.content(sheet), "of sheet " + sheet, maxBytes);
        } catch (XMLStreamException | RuntimeException e) {
            workbook.close();
            throw Spreadsheet.failure(e);
        }
    }

    @Override
    public boolean next() throws IOException {
        try {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("row")) {
                    int given = Spreadsheet.number(xml, "r");
                    number = given > number ? given : number + 1;
                    readRow();
                    return true;
                }
                if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("sheetData")) {
                    return false;
                }
            }
            return false;
        } catch (XMLStreamException | RuntimeException e) {
            throw Spreadsheet.failure(e);
        }
    }

    private void readRow() throws XMLStreamException {
        cells.clear();
        fault = null;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
                int column = column(xml.getAttributeValue(null, "r"));
                column = column < 0 ? cells.size() : column;
                if (column >= Limits.COLUMNS) {
                    throw new DataFileException("Row " + number + " has a cell beyond column " + Limits.COLUMNS
                            + ", the last one of a sheet.");
                }
                while (cells.size() <= column) {
                    cells.add("");
                }
                cells.set(column, readCell(column));
            }
        }
    }

    /** Returns the index of the column in a reference such as {@code AB12}; -1 if there is none. */
    static int column(String reference) {
        int column = 0;
        for (int i = 0; reference != null && i < reference.length(); i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = Math.min(column * 26 + c - 'A' + 1, Limits.COLUMNS + 1);
        }
        return column - 1;
    }

    private String readCell(int column) throws XMLStreamException {
        String type = xml.getAttributeValue(null, "t");
        int style = Spreadsheet.number(xml, "s");
        String value = "";
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("c")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "v" -> value = Spreadsheet.text(xml, "v");
                    case "is" -> value = Spreadsheet.text(xml, "is");
                    default -> {
                        // the formula
                    }
                }
            }
        }
        return value.isEmpty() ? "" : converted(type == null ? "n" : type, style, value, column);
    }

    private String converted(String type, int style, String value, int column) {
        return switch (type) {
            case "s" -> {
                String text = workbook.shared(value);
                if (text == null) {
                    fault(column, value, "The cell names a shared text that the spreadsheet does not have.");
                }
                yield text == null ? "" : text;
            }
            case "b" -> value.equals("1") || value.equals("true") ? "true" : "false";
            case "e" -> {
                fault(column, value, "The cell has the error " + value + " in place of a value.");
                yield value;
            }
            case "n" -> number(value.trim(), workbook.isDateStyle(style));
            default -> value;
        };
    }

    private void fault(int column, String value, String reason) {
        if (fault == null) {
            fault = new Fault(Problem.Code.CELL_ERROR, column + 1, value, reason);
        }
    }

    private String number(String value, boolean date) {
        BigDecimal number;
        if (value.length() > 40 || value.matches("(?i).*e[+-]?\\d{4,}")) {
            // beyond any spreadsheet's number; such exponents take minutes
            return value;
        }
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            return value;
        }
        if (date && number.signum() >= 0 && number.compareTo(LAST_DAY) < 0) {
            return date(number);
        }
        // a file has 17 digits of a number of which Excel shows 15: 0.1 + 0.2 is 0.30000000000000004
        BigDecimal shown =
                number.round(new MathContext(15, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int digits = shown.precision() - shown.scale();
        return digits <= 20 && shown.scale() <= 20 ? shown.toPlainString() : shown.toString();
    }

    private String date(BigDecimal days) {
        long millis =
                days.multiply(DAY_MILLIS).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        if (millis < DAY_MILLIS.longValueExact() && !workbook.since1904()) {
            return TIME.format(LocalTime.ofNanoOfDay((millis + 500) / 1_000 % 86_400 * 1_000_000_000L));
        }
        // Excel believes in 29 February 1900
        long missing = !workbook.since1904() && days.compareTo(BigDecimal.valueOf(60)) < 0 ? 1 : 0;
        LocalDateTime time = (workbook.since1904() ? FIRST_DAY_1904 : FIRST_DAY)
                .plusDays(missing)
                .plusSeconds((millis + 500) / 1_000);
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : TIMESTAMP.format(time);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int count() {
        return cells.size();
    }

    @Override
    public String cell(int index) {
        return cells.get(index);
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public void close() throws IOException {
        workbook.close();
    }
}
