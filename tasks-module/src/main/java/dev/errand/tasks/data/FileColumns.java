package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a file: their names, their fields in the schema, and those whose values are different in each row.
 *
 * @param fields the field of each column; null without a schema
 */
record FileColumns(List<String> names, SchemaField[] fields, List<Uniqueness> uniqueness) {

    /**
     * Finds the columns that have these labels.
     *
     * @param headerRow the row of the labels; 0: they are not in the file
     * @param schema may be null
     * @param problems gets those that make the file useless
     * @throws BadArgumentException if the key has a name that no column has
     */
    static FileColumns of(
            List<String> labels,
            long headerRow,
            TableSchema schema,
            List<String> key,
            Problems problems,
            Problems warnings) {
        List<String> names = ColumnNames.of(labels, headerRow, warnings);
        Places places = new Places(names, new HashMap<>());
        for (int i = 0; i < names.size(); i++) {
            places.byKey().put(ColumnNames.key(names.get(i)), i);
        }
        List<Uniqueness> uniqueness = new ArrayList<>();
        SchemaField[] fields = schema == null ? null : fields(schema, headerRow, places, uniqueness, problems);
        if (schema != null && !schema.primaryKey().isEmpty() && !problems.isFatal()) {
            uniqueness.add(new Uniqueness(
                    Problem.Code.PRIMARY_KEY, places.of("primaryKey", schema.primaryKey()), "the primary key"));
        }
        if (!key.isEmpty()) {
            uniqueness.add(new Uniqueness(Problem.Code.PRIMARY_KEY, places.of("key", key), "the key"));
        }
        return new FileColumns(names, fields, uniqueness);
    }

    private static SchemaField[] fields(
            TableSchema schema, long headerRow, Places places, List<Uniqueness> uniqueness, Problems problems) {
        SchemaField[] fields = new SchemaField[places.names().size()];
        for (SchemaField field : schema.fields()) {
            Integer place = places.byKey().get(ColumnNames.key(field.name()));
            if (place == null) {
                problems.addFatal(Problem.of(
                        headerRow,
                        field.name(),
                        0,
                        null,
                        Problem.Code.MISSING_COLUMN,
                        "The file has no such column, but the schema has."));
                continue;
            }
            fields[place] = field;
            if (field.unique()) {
                uniqueness.add(new Uniqueness(Problem.Code.UNIQUE, new int[] {place}, "the unique field"));
            }
        }
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == null) {
                problems.addFatal(Problem.of(
                        headerRow,
                        places.names().get(i),
                        i + 1,
                        null,
                        Problem.Code.EXTRA_COLUMN,
                        "The schema has no such field, but the file has the column."));
            }
        }
        return fields;
    }

    private record Places(List<String> names, Map<String, Integer> byKey) {
        int[] of(String what, List<String> columns) {
            int[] found = new int[columns.size()];
            for (int i = 0; i < found.length; i++) {
                Integer place = byKey.get(ColumnNames.key(columns.get(i)));
                if (place == null) {
                    throw new BadArgumentException(
                            what + " has \"" + columns.get(i) + "\", which is not a column. The file has "
                                    + names.stream().limit(50).toList() + ".");
                }
                found[i] = place;
            }
            return found;
        }
    }
}
