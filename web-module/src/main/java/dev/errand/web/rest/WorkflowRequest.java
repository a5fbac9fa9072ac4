package dev.errand.web.rest;

import dev.errand.api.InvalidValueException;
import dev.errand.api.StepResult;
import dev.errand.api.TaskOptions;
import dev.errand.api.TaskValue;
import dev.errand.api.Workflow;
import dev.errand.web.http.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code POST /workflows}, read strictly. Each refusal names the field, such as {@code steps[1].after}. */
final class WorkflowRequest {
    private static final List<String> FIELDS = List.of("id", "name", "steps", "onFailure");
    private static final List<String> STEP_FIELDS =
            List.of("name", "task", "argument", "arguments", "fromResult", "after", "options", "continueOnFailure");
    private static final List<String> FAILURE_FIELDS = List.of("name", "task", "argument");

    private WorkflowRequest() {}

    /**
     * Reads the body.
     *
     * @throws InvalidValueException naming the field at fault
     */
    static Workflow of(byte[] text) {
        ObjectNode body = Json.parseObject(text);
        allow(body, FIELDS, "");
        Workflow workflow = Workflow.of(required(body, "name", "", "the name of the workflow, for people"));
        JsonNode id = present(body, "id");
        if (id != null) {
            workflow = workflow.id(FieldValues.text("id", id));
        }
        JsonNode steps = present(body, "steps");
        if (steps == null || !steps.isArray()) {
            throw new InvalidValueException(
                    "steps", "steps is " + (steps == null ? "missing" : "no list") + ". Give a list of objects.");
        }
        for (int i = 0; i < steps.size(); i++) {
            workflow = step(workflow, object(steps.get(i), "steps[" + i + "]"), "steps[" + i + "].");
        }
        JsonNode failure = present(body, "onFailure");
        return failure == null ? workflow : onFailure(workflow, object(failure, "onFailure"));
    }

    private static Workflow step(Workflow workflow, ObjectNode step, String place) {
        allow(step, STEP_FIELDS, place);
        String name = required(step, "name", place, "the name of the step in the workflow");
        String task = required(step, "task", place, "the name of the task to run");
        long given = List.of("argument", "arguments", "fromResult").stream()
                .filter(field -> present(step, field) != null)
                .count();
        if (given > 1) {
            throw new InvalidValueException(
                    place + "fromResult",
                    "The step \"" + name + "\" has more than one of argument, arguments and fromResult. Give one.");
        }
        JsonNode arguments = present(step, "arguments");
        Workflow with;
        if (arguments != null) {
            if (!arguments.isArray()) {
                throw new InvalidValueException(
                        place + "arguments",
                        place + "arguments is no list. Give one argument per member, or argument.");
            }
            List<TaskValue> values = new ArrayList<>();
            arguments.forEach(value -> values.add(TaskValue.ofJson(value.toString())));
            with = workflow.map(name, task, values);
        } else {
            with = workflow.step(name, task, argument(step, place));
        }
        JsonNode after = present(step, "after");
        if (after != null) {
            with = with.after(names(after, place + "after").toArray(String[]::new));
        }
        JsonNode options = present(step, "options");
        if (options != null) {
            with = with.options(options(object(options, place + "options"), place + "options."));
        }
        JsonNode continues = present(step, "continueOnFailure");
        if (continues != null && !continues.isBoolean()) {
            throw new InvalidValueException(
                    place + "continueOnFailure", place + "continueOnFailure must be true or false.");
        }
        return continues != null && continues.booleanValue() ? with.continueOnFailure() : with;
    }

    private static Object argument(ObjectNode step, String place) {
        JsonNode results = present(step, "fromResult");
        if (results != null) {
            List<String> names = names(results, place + "fromResult");
            if (names.isEmpty()) {
                throw new InvalidValueException(
                        place + "fromResult", place + "fromResult is an empty list. Name a step, or leave it out.");
            }
            return new StepResult(names);
        }
        JsonNode argument = present(step, "argument");
        return argument == null ? null : TaskValue.ofJson(argument.toString());
    }

    private static TaskOptions options(ObjectNode options, String place) {
        try {
            return TaskBody.options(options);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(place + e.field(), e.getMessage(), e);
        }
    }

    private static Workflow onFailure(Workflow workflow, ObjectNode step) {
        allow(step, FAILURE_FIELDS, "onFailure.");
        String name = required(step, "name", "onFailure.", "the name of the step in the workflow");
        String task = required(step, "task", "onFailure.", "the name of the task to run");
        return step.get("argument") == null
                ? workflow.onFailure(name, task)
                : workflow.onFailure(name, task, argument(step, "onFailure."));
    }

    private static List<String> names(JsonNode value, String field) {
        if (value.isString()) {
            return List.of(value.stringValue());
        }
        if (!value.isArray()) {
            throw new InvalidValueException(field, field + " must be the name of a step or a list of names.");
        }
        List<String> names = new ArrayList<>();
        value.forEach(name -> names.add(FieldValues.text(field, name)));
        return names;
    }

    private static ObjectNode object(JsonNode value, String field) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new InvalidValueException(field, field + " is no object, {\"…\": …}.");
    }

    private static void allow(ObjectNode object, List<String> fields, String place) {
        for (String field : object.propertyNames()) {
            if (!fields.contains(field)) {
                throw new InvalidValueException(
                        place + field, "There is no field \"" + place + field + "\". Allowed: " + fields + ".");
            }
        }
    }

    private static String required(ObjectNode object, String field, String place, String meaning) {
        JsonNode value = present(object, field);
        if (value == null) {
            throw new InvalidValueException(place + field, place + field + " is missing: " + meaning + ".");
        }
        return FieldValues.text(place + field, value);
    }

    private static JsonNode present(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
