package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads a query strictly: a misspelled parameter must not select everything. An empty value means no value. */
final class QueryParameters {
    interface Reader<T> {
        T with(T read, String name, String value);
    }

    private QueryParameters() {}

    /**
     * Reads all parameters.
     *
     * @throws InvalidValueException naming the parameter at fault
     */
    static <T> T read(Map<String, List<String>> query, List<String> allowed, T start, Reader<T> reader) {
        return read(query, allowed, List.of(), start, reader);
    }

    /**
     * Reads all parameters.
     *
     * @param several those that may be given several times
     * @throws InvalidValueException naming the parameter at fault
     */
    static <T> T read(
            Map<String, List<String>> query, List<String> allowed, List<String> several, T start, Reader<T> reader) {
        T read = start;
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey();
            List<String> values = parameter.getValue();
            if (!allowed.contains(name)) {
                throw new InvalidValueException(
                        name, "There is no parameter \"" + name + "\". Allowed: " + allowed + ".");
            }
            if (values.size() > 1 && !several.contains(name)) {
                throw new InvalidValueException(
                        name, "The parameter \"" + name + "\" is given " + values.size() + " times.");
            }
            for (String value : values) {
                if (value != null && !value.isEmpty()) {
                    read = reader.with(read, name, value);
                }
            }
        }
        return read;
    }

    /**
     * Reads a number.
     *
     * @param setter receives the number, and refuses one that is out of its range
     */
    static <T> T number(T read, String name, String value, int min, int max, BiFunction<T, Integer, T> setter) {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return setter.apply(read, number);
            }
        } catch (NumberFormatException e) {
            // the exception below covers this case
        }
        throw new InvalidValueException(
                name, name + " \"" + value + "\" is not a number between " + min + " and " + max + ".");
    }
}
