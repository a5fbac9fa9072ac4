package dev.errand.send;

import dev.errand.api.ArgumentTooLargeException;
import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskValue;
import dev.errand.config.ErrandConfig;
import dev.errand.json.Json;
import dev.errand.json.NotJsonException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Writes the arguments of tasks as JSON. Thread-safe. */
@ApplicationScoped
public class Arguments {
    @Inject
    ErrandConfig config;

    /**
     * Writes an argument.
     *
     * @param consequence the end of the message of an error, such as "Nothing was sent."
     * @throws InvalidValueException if JSON cannot express it
     * @throws ArgumentTooLargeException if it is longer than the limit
     */
    public String json(String task, Object argument, String consequence) {
        String text;
        try {
            text = argument instanceof TaskValue value ? json(value) : Json.write(argument);
        } catch (NotJsonException e) {
            throw new InvalidValueException(
                    "argument",
                    "The argument of \"" + task + "\", a " + argument.getClass().getName()
                            + ", cannot be written as JSON: " + e.getMessage()
                            + ". Use a record, a bean, a list, a map or a simple value. " + consequence,
                    e);
        }
        int max = config.argumentMaxBytes();
        if (Json.longer(text, max)) {
            throw new ArgumentTooLargeException("The argument of \"" + task + "\" is larger than " + max
                    + " bytes as JSON. Send a reference to the data, or raise errand.argument.max-bytes. "
                    + consequence);
        }
        return text;
    }

    private static String json(TaskValue value) {
        if (value.cut()) {
            throw new NotJsonException(
                    "it is only the beginning of a value, from a list; find() returns the whole value", null);
        }
        return Json.checked(value.json());
    }
}
