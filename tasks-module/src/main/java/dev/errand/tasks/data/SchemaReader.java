package dev.errand.tasks.data;

import dev.errand.tasks.http.BadArgumentException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a Frictionless table schema from a task's argument, and refuses one with a fault by naming its place. Pure. */
final class SchemaReader {
    private static final Set<String> PARTS = Set.of("fields", "missingValues", "primaryKey");

    /** Parts for people, or for several tables. */
    private static final Set<String> IGNORED = Set.of(
            "$schema",
            "name",
            "title",
            "description",
            "homepage",
            "version",
            "keywords",
            "created",
            "contributors",
            "licenses",
            "sources",
            "resources",
            "foreignKeys",
            "fieldsMatch",
            "uniqueKeys",
            "profile");

    private SchemaReader() {}

    static TableSchema read(Map<String, Object> schema) {
        for (String part : schema.keySet()) {
            if (!PARTS.contains(part) && !IGNORED.contains(part)) {
                throw wrong(
                        "has a part \"" + part + "\" that is not known. Allowed: fields, missingValues, primaryKey");
            }
        }
        if (!(schema.get("fields") instanceof List<?> fields) || fields.isEmpty()) {
            throw wrong("has no fields. Example: {\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}]}");
        }
        if (fields.size() > Limits.COLUMNS) {
            throw wrong("has more than " + Limits.COLUMNS + " fields");
        }
        List<String> missing = strings(schema.get("missingValues"), "missingValues");
        Set<String> missingValues = Set.copyOf(missing == null ? List.of("") : missing);
        List<SchemaField> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.get(i) instanceof Map<?, ?> field)) {
                throw wrong("has no object at fields[" + i + "]");
            }
            SchemaField next = SchemaField.of(field, "fields[" + i + "]", missingValues);
            if (!names.add(ColumnNames.key(next.name()))) {
                throw wrong("has two fields called \"" + next.name() + "\"");
            }
            read.add(next);
        }
        List<String> key = strings(schema.get("primaryKey"), "primaryKey");
        for (String part : key == null ? List.<String>of() : key) {
            if (!names.contains(ColumnNames.key(part))) {
                throw wrong("has the primaryKey \"" + part + "\", which is no field");
            }
        }
        return new TableSchema(read, key == null ? List.of() : key);
    }

    static List<String> strings(Object value, String place) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrong("has a value at " + place + " that is neither a text nor a list of texts");
    }

    static BadArgumentException wrong(String what) {
        return new BadArgumentException("The schema " + what + ".");
    }
}
