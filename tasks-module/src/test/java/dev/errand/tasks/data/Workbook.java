package dev.errand.tasks.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An XLSX file that a test writes part by part. */
final class Workbook {
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /** Styles 0: plain, 1: a date, 2: a date of the file's own format, 3: a time, 4: red text in brackets. */
    private static final String STYLES = "<styleSheet xmlns='" + MAIN + "'><numFmts>"
            + "<numFmt numFmtId='164' formatCode='dd\\.mm\\.yyyy hh:mm'/><numFmt numFmtId='165' formatCode='[Red]0.00&quot;d&quot;'/>"
            + "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
            + "<xf numFmtId='164'/><xf numFmtId='21'/><xf numFmtId='165'/></cellXfs></styleSheet>";

    interface Part {
        void writeTo(OutputStream out) throws IOException;
    }

    private final Map<String, Part> parts = new LinkedHashMap<>();

    Workbook(String... sheets) {
        StringBuilder book = new StringBuilder("<workbook xmlns='" + MAIN + "' xmlns:r='" + RELATIONS + "'><sheets>");
        StringBuilder targets = new StringBuilder("<Relationships>");
        for (int i = 1; i <= sheets.length; i++) {
            book.append("<sheet name='" + sheets[i - 1] + "' sheetId='" + i + "' r:id='r" + i + "'/>");
            targets.append("<Relationship Id='r" + i + "' Target='worksheets/s" + i + ".xml'/>");
        }
        part("xl/workbook.xml", book + "</sheets></workbook>");
        part("xl/_rels/workbook.xml.rels", targets + "</Relationships>");
        part("xl/styles.xml", STYLES);
    }

    Workbook part(String name, String xml) {
        return part(name, out -> out.write(xml.getBytes(StandardCharsets.UTF_8)));
    }

    Workbook part(String name, Part part) {
        parts.put(name, part);
        return this;
    }

    /** A sheet; each row is the XML within it. */
    Workbook sheet(int number, String... rows) {
        StringBuilder xml = new StringBuilder("<worksheet xmlns='" + MAIN + "'><sheetData>");
        for (String row : rows) {
            xml.append("<row>").append(row).append("</row>");
        }
        return part("xl/worksheets/s" + number + ".xml", xml + "</sheetData><mergeCells/></worksheet>");
    }

    static String text(String text) {
        return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
    }

    static String number(String number) {
        return "<c><v>" + number + "</v></c>";
    }

    static String styled(int style, String number) {
        return "<c s='" + style + "'><v>" + number + "</v></c>";
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().writeTo(zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
