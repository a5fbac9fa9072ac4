package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;
import java.util.Map;
import java.util.Set;

/**
 * The argument of {@code datastore.validate}. Immutable. The result of {@code archiver.archive} is one, too.
 *
 * @param file a file in the archive folder, as the result of {@code archiver.archive} names it; null: {@code url}
 * @param url the address of a file, http or https; null: {@code file}
 * @param schema a Frictionless table schema; null: types are inferred
 * @param encoding the name of the encoding; null: it is detected
 * @param delimiter the character between cells; null: it is detected
 * @param header whether the first row has the names of the columns; null: it is detected
 * @param sheet the name of a spreadsheet's sheet, or its number from 1; null: the first one
 * @param name the name of the file, for display; may be null
 */
public record Validation(
        String file,
        String url,
        Map<String, Object> schema,
        String encoding,
        String delimiter,
        Boolean header,
        String sheet,
        String name) {
    /** The fields of an archive's result that say nothing new about the file. */
    static final Set<String> OF_ARCHIVE = Set.of("bytes", "sha256", "contentType", "status");

    /** Refuses an unknown field, but for those of an archive's result. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        if (!OF_ARCHIVE.contains(field)) {
            throw BadArgumentException.unknownField(
                    "datastore.validate", field, "file, url, schema, encoding, delimiter, header, sheet, name");
        }
    }

    @Override
    public String toString() {
        return "Validation[file=" + file + ", url=" + UserInfo.masked(url) + "]";
    }
}
