package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XLSX file (ECMA-376) that is read as a stream: the shared texts and the styles are in memory, a sheet is not. Each
 * part has a limit. For one thread.
 */
final class Spreadsheet implements AutoCloseable {
    /** The most bytes of all shared texts. They are in memory. */
    static final long SHARED_BYTES = 64L * 1024 * 1024;

    private static final long PART_BYTES = 8L * 1024 * 1024;
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    /** The formats of dates and times that a file does not have to define. */
    private static final Set<Integer> DATES =
            Set.of(14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57);

    private final ZipFile zip;
    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final List<String> shared = new ArrayList<>();
    private final List<Boolean> dateStyles = new ArrayList<>();
    private boolean since1904;

    private Spreadsheet(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a file, and reads all but its sheets.
     *
     * @throws DataFileException if it is not a spreadsheet, or exceeds a limit
     */
    static Spreadsheet open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new DataFileException("The file begins as a ZIP file, but cannot be unpacked: " + e.getMessage(), e);
        }
        Spreadsheet sheet = new Spreadsheet(zip);
        try {
            sheet.readWorkbook();
            sheet.readStyles();
            sheet.readShared();
            return sheet;
        } catch (XMLStreamException | RuntimeException | IOException e) {
            zip.close();
            throw failure(e);
        }
    }

    /** Returns the exception to throw: faults of the file's XML are the file's fault. */
    static RuntimeException failure(Exception e) throws IOException {
        Throwable cause = e;
        while (cause != null && !(cause instanceof DataFileException)) {
            cause = cause.getCause();
        }
        if (cause instanceof DataFileException known) {
            return known;
        }
        if (e instanceof XMLStreamException || e instanceof ZipException) {
            return new DataFileException(
                    "The spreadsheet is damaged: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                            + ". Save it again.",
                    e);
        }
        if (e instanceof IOException io) {
            throw io;
        }
        return (RuntimeException) e;
    }

    private XMLStreamReader part(String name, long limit) throws IOException, XMLStreamException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? null : BoundedXml.open(zip.getInputStream(entry), name, limit);
    }

    private void readWorkbook() throws IOException, XMLStreamException {
        XMLStreamReader xml = part("xl/workbook.xml", PART_BYTES);
        if (xml == null) {
            throw new DataFileException(
                    "The file is a ZIP file, but not an XLSX spreadsheet: it has no xl/workbook.xml. Unpack it first.");
        }
        Map<String, String> ids = new LinkedHashMap<>();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("sheet")) {
                    String id = xml.getAttributeValue(RELATIONS, "id");
                    ids.put(
                            String.valueOf(xml.getAttributeValue(null, "name")),
                            id == null ? xml.getAttributeValue(STRICT_RELATIONS, "id") : id);
                } else if (xml.getLocalName().equals("workbookPr")) {
                    String flag = xml.getAttributeValue(null, "date1904");
                    since1904 = "1".equals(flag) || "true".equals(flag);
                }
            }
        }
        Map<String, String> targets = targets();
        ids.forEach((name, id) -> {
            String target = targets.get(id);
            if (target != null) {
                sheets.put(name, target.startsWith("/") ? target.substring(1) : "xl/" + target);
            }
        });
    }

    private Map<String, String> targets() throws IOException, XMLStreamException {
        Map<String, String> targets = new HashMap<>();
        XMLStreamReader xml = part("xl/_rels/workbook.xml.rels", PART_BYTES);
        while (xml != null && xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("Relationship")) {
                targets.put(xml.getAttributeValue(null, "Id"), xml.getAttributeValue(null, "Target"));
            }
        }
        return targets;
    }

    private void readStyles() throws IOException, XMLStreamException {
        XMLStreamReader xml = part("xl/styles.xml", PART_BYTES);
        Map<Integer, Boolean> formats = new HashMap<>();
        boolean cells = false;
        while (xml != null && xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("cellXfs")) {
                cells = false;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "numFmt" ->
                    formats.put(number(xml, "numFmtId"), isDate(xml.getAttributeValue(null, "formatCode")));
                case "cellXfs" -> cells = true;
                case "xf" -> {
                    if (cells) {
                        int format = number(xml, "numFmtId");
                        dateStyles.add(formats.getOrDefault(format, DATES.contains(format)));
                    }
                }
                default -> {
                    // fonts, borders and the like
                }
            }
        }
    }

    static int number(XMLStreamReader xml, String attribute) {
        String text = xml.getAttributeValue(null, attribute);
        try {
            return text == null ? -1 : Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Returns whether a number format has a part of a date or a time, outside of quoted texts and brackets. */
    static boolean isDate(String format) {
        if (format == null) {
            return false;
        }
        String bare = format.replaceAll("\"[^\"]*\"|\\\\.|\\[(?![hms]+\\])[^\\]]*\\]|[_*].", "");
        return !bare.equalsIgnoreCase("General") && bare.matches("(?is).*[ymdhs].*");
    }

    private void readShared() throws IOException, XMLStreamException {
        XMLStreamReader xml = part("xl/sharedStrings.xml", SHARED_BYTES);
        while (xml != null && xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("si")) {
                shared.add(text(xml, "si"));
            }
        }
    }

    /**
     * Reads the text of an element: its {@code t} elements, without the phonetic ones.
     *
     * @throws DataFileException if it is longer than a cell may be
     */
    static String text(XMLStreamReader xml, String element) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        boolean inText = !element.equals("si") && !element.equals("is");
        boolean plain = inText;
        int phonetic = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    phonetic += xml.getLocalName().equals("rPh") ? 1 : 0;
                    inText = plain || xml.getLocalName().equals("t") && phonetic == 0;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (xml.getLocalName().equals(element)) {
                        return text.toString();
                    }
                    phonetic -= xml.getLocalName().equals("rPh") ? 1 : 0;
                    inText = plain;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (inText) {
                        if (text.length() + xml.getTextLength() > Limits.CELL_CHARS) {
                            throw new DataFileException(
                                    "A cell of the spreadsheet has more than " + Limits.CELL_CHARS + " characters.");
                        }
                        text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                    }
                }
                default -> {
                    // comments
                }
            }
        }
        return text.toString();
    }

    /** Returns the names of the sheets, in their order. */
    List<String> sheets() {
        return List.copyOf(sheets.keySet());
    }

    /**
     * Finds a sheet.
     *
     * @param asked its name or its number, from 1; null: the first one
     */
    String sheet(String asked) {
        List<String> names = sheets();
        if (names.isEmpty()) {
            throw new DataFileException("The spreadsheet has no sheet.");
        }
        if (asked == null) {
            return names.get(0);
        }
        if (names.contains(asked)) {
            return asked;
        }
        if (asked.matches("\\d{1,4}") && Integer.parseInt(asked) >= 1 && Integer.parseInt(asked) <= names.size()) {
            return names.get(Integer.parseInt(asked) - 1);
        }
        throw new BadArgumentException("sheet is \"" + asked + "\", but the spreadsheet has only the sheets "
                + names.stream().limit(20).toList() + ".");
    }

    InputStream content(String sheet) throws IOException {
        ZipEntry entry = zip.getEntry(sheets.get(sheet));
        if (entry == null) {
            throw new DataFileException(
                    "The spreadsheet is damaged: the sheet " + sheet + " is missing. Save it again.");
        }
        return zip.getInputStream(entry);
    }

    /** Returns a shared text; null if there is none with this number. */
    String shared(String index) {
        try {
            return shared.get(Integer.parseInt(index.trim()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    boolean isDateStyle(int style) {
        return style >= 0 && style < dateStyles.size() && dateStyles.get(style);
    }

    boolean since1904() {
        return since1904;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
