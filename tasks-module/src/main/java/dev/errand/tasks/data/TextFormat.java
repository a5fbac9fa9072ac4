package dev.errand.tasks.data;

import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types and formats of a schema whose values stay texts. */
final class TextFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern DURATION =
            Pattern.compile("-?P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+([.,]\\d+)?S)?)?");

    private TextFormat() {}

    /** Returns whether a cell is a value of the type, in the format. */
    static boolean fits(String type, String format, String cell) {
        return switch (type) {
            case "object", "geojson" -> json(cell, true);
            case "array" -> json(cell, false);
            case "yearmonth" -> cell.matches("\\d{4}-(0[1-9]|1[0-2])");
            case "geopoint" -> cell.matches("\\s*-?\\d{1,3}(\\.\\d{1,20})?\\s*,\\s*-?\\d{1,2}(\\.\\d{1,20})?\\s*");
            case "duration" -> DURATION.matcher(cell).matches();
            case "string" -> string(format, cell);
            default -> true;
        };
    }

    private static boolean string(String format, String cell) {
        return switch (format) {
            case "email" -> cell.length() <= 320 && cell.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
            case "uri" -> cell.length() <= 8_192 && cell.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
            case "uuid" -> uuid(cell);
            case "binary" -> cell.matches("[A-Za-z0-9+/\\s]*={0,2}");
            default -> true;
        };
    }

    private static boolean uuid(String cell) {
        try {
            return cell.length() == 36 && UUID.fromString(cell).toString().equalsIgnoreCase(cell);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean json(String cell, boolean object) {
        try {
            JsonNode node = JSON.readTree(cell);
            return object ? node.isObject() : node.isArray();
        } catch (JacksonException e) {
            return false;
        }
    }
}
