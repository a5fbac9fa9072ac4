package dev.errand.web.sample;

import dev.errand.api.InvalidValueException;
import dev.errand.url.InvalidAddressException;
import dev.errand.url.WebAddress;
import dev.errand.web.http.Body;
import dev.errand.web.http.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The checked input of a user, from a form or from JSON: both fields, and no others. */
record DatasetForm(String name, String url) {
    private static final Set<String> FIELDS = Set.of("name", "url");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_URL = 2_000;

    DatasetForm {
        name = required("name", name, LONGEST_NAME);
        url = required("url", url, LONGEST_URL);
        try {
            WebAddress.parse(url);
        } catch (InvalidAddressException e) {
            throw new InvalidValueException("url", "url is not a web address that can be called. " + e.getMessage());
        }
    }

    /**
     * Reads and checks a request.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static DatasetForm of(HttpServletRequest request) throws IOException {
        String type = String.valueOf(request.getContentType());
        byte[] body = Body.read(request.getInputStream(), Body.MARGIN_BYTES);
        if (type.startsWith("application/json")) {
            return of(Json.parseObject(body));
        }
        Map<String, String> fields = fields(new String(body, StandardCharsets.UTF_8));
        return of(fields.keySet(), fields::get);
    }

    /**
     * Reads a form without the server, because each server has its own limit for a form, and its own answer to a larger
     * one.
     */
    static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : form.isEmpty() ? new String[0] : form.split("&")) {
            String[] parts = pair.split("=", 2);
            fields.putIfAbsent(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    null, "The form is not URL-encoded: a % is not followed by two hexadecimal digits.");
        }
    }

    static DatasetForm of(ObjectNode json) {
        return of(json.propertyNames(), field -> {
            JsonNode value = json.get(field);
            if (value != null && !value.isString() && !value.isNull()) {
                throw new InvalidValueException(field, field + " must be a string.");
            }
            return value == null || value.isNull() ? null : value.stringValue();
        });
    }

    private static DatasetForm of(Collection<String> given, Function<String, String> value) {
        for (String field : given) {
            if (!FIELDS.contains(field)) {
                throw new InvalidValueException(field, "There is no field \"" + field + "\". Allowed: name, url.");
            }
        }
        return new DatasetForm(value.apply("name"), value.apply("url"));
    }

    private static String required(String field, String value, int longest) {
        if (value == null || value.isBlank()) {
            throw new InvalidValueException(field, field + " is missing.");
        }
        if (value.strip().length() > longest) {
            throw new InvalidValueException(field, field + " is longer than " + longest + " characters.");
        }
        return value.strip();
    }
}
