package dev.errand.tasks;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.errand.tasks.http.BadArgumentException;
import dev.errand.url.UserInfo;
import java.util.List;
import java.util.Map;

/**
 * The argument of {@code datastore.load}. Immutable. The result of {@code archiver.archive} is one, too.
 *
 * @param file a file in the archive folder, as the result of {@code archiver.archive} names it; null: {@code url}
 * @param url the address of a file, http or https; null: {@code file}
 * @param table the name of the table; null: made of the file's name
 * @param mode {@code replace}, {@code append} or {@code upsert}; null: {@code replace}
 * @param key the columns whose values identify a row, one or several; required for {@code upsert}
 * @param schema a Frictionless table schema; null: types are inferred
 * @param encoding the name of the encoding; null: it is detected
 * @param delimiter the character between cells; null: it is detected
 * @param header whether the first row has the names of the columns; null: it is detected
 * @param sheet the name of a spreadsheet's sheet, or its number from 1; null: the first one
 * @param maxRejected the most rows with a problem that may be left out; null: 0
 * @param force whether to load a file that the last load of the table has loaded; null: false
 * @param name the name of the file, for display; may be null
 */
public record Load(
        String file,
        String url,
        String table,
        String mode,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<String> key,

        Map<String, Object> schema,
        String encoding,
        String delimiter,
        Boolean header,
        String sheet,
        Long maxRejected,
        Boolean force,
        String name) {

    /** Refuses an unknown field, but for those of an archive's result. */
    @JsonAnySetter
    void unknown(String field, Object value) {
        if (!Validation.OF_ARCHIVE.contains(field)) {
            throw BadArgumentException.unknownField(
                    "datastore.load",
                    field,
                    "file, url, table, mode, key, schema, encoding, delimiter, header, sheet, maxRejected, force, name");
        }
    }

    /** Returns the part that {@code datastore.validate} has, too. */
    Validation validation() {
        return new Validation(file, url, schema, encoding, delimiter, header, sheet, name);
    }

    @Override
    public String toString() {
        return "Load[file=" + file + ", url=" + UserInfo.masked(url) + ", table=" + table + ", mode=" + mode + "]";
    }
}
