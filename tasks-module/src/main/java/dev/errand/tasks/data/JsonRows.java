package dev.errand.tasks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of a file with a JSON object per line. A column is a name that an object has. For one thread. */
final class JsonRows implements Rows {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // a double would change the number
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final BufferedReader text;
    private final Map<String, Integer> columns;
    private final StringBuilder line = new StringBuilder();
    private final String[] cells;
    private int pushedBack = -1;
    private long number;
    private Fault fault;

    JsonRows(Reader text, List<String> columns) {
        this.text = new BufferedReader(text, 64 * 1024);
        this.columns = new LinkedHashMap<>();
        for (String column : columns) {
            this.columns.put(column, this.columns.size());
        }
        this.cells = new String[columns.size()];
    }

    /**
     * Reads the names of all objects, in the order of their first appearance.
     *
     * @throws DataFileException if there are too many, or a line is too long
     */
    static List<String> columns(Reader text, Progress progress) throws IOException, InterruptedException {
        try (JsonRows rows = new JsonRows(text, List.of())) {
            while (rows.readLine()) {
                JsonNode object = rows.parse();
                progress.check();
                if (object != null) {
                    object.propertyNames().forEach(name -> rows.columns.putIfAbsent(name, 0));
                }
                if (rows.columns.size() > Limits.COLUMNS) {
                    throw new DataFileException("The objects of the file have more than " + Limits.COLUMNS
                            + " different names, in the first " + rows.number + " lines.");
                }
            }
            return List.copyOf(rows.columns.keySet());
        }
    }

    @Override
    public boolean next() throws IOException {
        while (readLine()) {
            JsonNode object = parse();
            if (object == null && fault == null) {
                continue;
            }
            for (Map.Entry<String, Integer> column : columns.entrySet()) {
                JsonNode value = object == null ? null : object.get(column.getKey());
                cells[column.getValue()] = value == null ? "" : text(value);
            }
            return true;
        }
        return false;
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** Returns the object of the line; null for a blank line, and for a fault. */
    private JsonNode parse() {
        fault = null;
        String json = line.toString();
        if (json.isBlank()) {
            return null;
        }
        try {
            JsonNode node = JSON.readTree(json);
            if (node.isObject()) {
                return node;
            }
            fault = new Fault(
                    Problem.Code.BAD_JSON,
                    1,
                    json,
                    "Line " + number + ", column 1: the line is not a JSON object, {\"name\": value, …}.");
        } catch (JacksonException e) {
            int column =
                    e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
            fault = new Fault(
                    Problem.Code.BAD_JSON,
                    column,
                    json,
                    "Line " + number + ", column " + column + ": the line is not valid JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        return null;
    }

    /** Reads a line of limited length: a reader of the platform would read one without an end into memory. */
    private boolean readLine() throws IOException {
        line.setLength(0);
        int c = pushedBack >= 0 ? pushedBack : text.read();
        pushedBack = -1;
        if (c < 0) {
            return false;
        }
        number++;
        while (c >= 0 && c != '\n' && c != '\r') {
            if (line.length() == Limits.ROW_CHARS) {
                throw new DataFileException("Line " + number + " has more than " + Limits.ROW_CHARS
                        + " characters. A line has one object.");
            }
            line.append((char) c);
            c = text.read();
        }
        if (c == '\r') {
            int after = text.read();
            pushedBack = after == '\n' ? -1 : after;
        }
        return true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int count() {
        return cells.length;
    }

    @Override
    public String cell(int index) {
        return cells[index];
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
