package dev.errand.flow;

import static dev.errand.api.Workflow.fromResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.api.InvalidValueException;
import dev.errand.api.Step;
import dev.errand.api.TaskOptions;
import dev.errand.api.Workflow;
import dev.errand.flow.WorkflowPlan.Planned;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class WorkflowPlanTest {
    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Workflow workflow, String field) {
        return assertThatThrownBy(() -> WorkflowPlan.of(workflow))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static Planned step(Workflow workflow, String name) {
        return WorkflowPlan.of(workflow).stream()
                .filter(planned -> planned.step().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGraphOfNamedSteps() {
        Workflow publish = Workflow.of("publish")
                .step("archive", "archiver.archive", "url")
                .step("validate", "datastore.validate", fromResult("archive"))
                .after("archive")
                .step("load", "datastore.load", fromResult("archive"))
                .after("validate")
                .onFailure("alert", "mail.send", "alert");

        assertThat(WorkflowPlan.of(publish))
                .extracting(step -> step.step().name(), Planned::key, Planned::after, Planned::input, Planned::waits)
                .containsExactly(
                        tuple("archive", "archive", Set.of(), null, false),
                        tuple("validate", "validate", Set.of("archive"), "ONE archive", true),
                        tuple("load", "load", Set.of("validate"), "ONE archive", true),
                        tuple("alert", "", Set.of(), null, true));
    }

    @Test
    void aStepWaitsForTheResultsThatItTakes() {
        Workflow flow = Workflow.of("w")
                .step("b", "t.b", fromResult("a", "m"))
                .step("a", "t.a", 1)
                .map("m", "t.m", List.of(1, 2));

        Planned b = step(flow, "b");
        assertThat(b.after()).containsExactlyInAnyOrder("a", "m");
        assertThat(b.input()).isEqualTo("MAP a m\t");
        assertThat(step(flow, "m.2").key()).isEqualTo("m");
    }

    @Test
    void inAChainAStepWithoutAnArgumentTakesTheResultBefore() {
        Workflow chain = Workflow.chain(Step.of("t.a", 1), Step.of("t.b"), Step.of("t.b", 2), Step.of("t.c"));

        assertThat(WorkflowPlan.of(chain))
                .extracting(step -> step.step().name(), Planned::after, Planned::input)
                .containsExactly(
                        tuple("t.a", Set.of(), null),
                        tuple("t.b", Set.of("t.a"), "ONE t.a"),
                        tuple("t.b-2", Set.of("t.b"), null),
                        tuple("t.c", Set.of("t.b-2"), "ONE t.b-2"));
    }

    @Test
    void whatComesAfterAGroupWaitsForAllOfItAndTakesTheList() {
        Workflow group = Workflow.group(Step.of("t.a", 1), Step.of("t.a", 2).named("two"))
                .then("t.sum");

        assertThat(step(group, "two").key()).isEqualTo("group");
        assertThat(step(group, "t.sum").after()).containsExactly("group");
        assertThat(step(group, "t.sum").input()).isEqualTo("LIST group\t");
        Workflow map = Workflow.map("t.a", List.of(1, 2, 3)).then("t.sum", "own");
        assertThat(WorkflowPlan.of(map))
                .extracting(step -> step.step().name())
                .containsExactly("t.a.1", "t.a.2", "t.a.3", "t.sum");
        assertThat(step(map, "t.sum").input()).isNull();
    }

    @Test
    void partsAreNested() {
        Workflow part = Workflow.chain(Step.of("t.a"), Step.of("t.b"));
        Workflow flow = Workflow.of("w")
                .step("first", "t.first", 1)
                .then(Workflow.group(part, part))
                .then("t.last");

        assertThat(WorkflowPlan.of(flow))
                .extracting(step -> step.step().name(), Planned::key, Planned::after, Planned::input)
                .containsExactly(
                        tuple("first", "first", Set.of(), null),
                        tuple("group.chain.t.a", "group.chain.t.a", Set.of("first"), "ONE first"),
                        tuple("group.chain.t.b", "group.group", Set.of("group.chain.t.a"), "ONE group.chain.t.a"),
                        tuple("group.chain-2.t.a", "group.chain-2.t.a", Set.of("first"), "ONE first"),
                        tuple("group.chain-2.t.b", "group.group", Set.of("group.chain-2.t.a"), "ONE group.chain-2.t.a"),
                        tuple("t.last", "t.last", Set.of("group.group"), "LIST group.group\t"));
    }

    @Test
    void anEmptyMapIsNoStepAndHoldsUpNone() {
        Workflow flow = Workflow.of("w").map("m", "t.m", List.of()).then("t.sum");
        assertThat(WorkflowPlan.of(flow)).singleElement().satisfies(sum -> {
            assertThat(sum.after()).containsExactly("m");
            assertThat(sum.input()).isEqualTo("LIST m\t");
        });
        refused(Workflow.of("w").map("m", "t.m", List.of()), "steps").hasMessageContaining("no step");
    }

    @Test
    void unknownNamesAreRefusedWithTheirField() {
        refused(Workflow.of("w").step("a", "t.a", 1).step("b", "t.b", 1).after("x"), "steps[1].after")
                .hasMessageContaining("\"x\"");
        refused(Workflow.of("w").step("a", "t.a", fromResult("x")), "steps[0].fromResult");
        refused(Workflow.of("w").step("a", "t.a", 1).after("alert").onFailure("alert", "t.alert"), "steps[0].after");
    }

    @Test
    void namesThatAreThereTwiceAreRefused() {
        refused(Workflow.of("w").step("a", "t.a", 1).step("a", "t.b", 1), "steps[1].name")
                .hasMessageContaining("twice");
        refused(Workflow.of("w").step("a", "t.a", 1).onFailure("a", "t.b", 1), "onFailure.name");
        refused(Workflow.of("w").step("a b", "t.a", 1), "steps[0].name");
        refused(Workflow.of("w").step("a", "t a", 1), "steps[0].task");
        assertThatThrownBy(() -> Workflow.of("")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Workflow.of("w").after("a"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("step before");
    }

    @Test
    void circlesAreRefused() {
        refused(Workflow.of("w").step("a", "t.a", 1).after("a"), "steps[0].after")
                .hasMessageContaining("circle");
        refused(
                        Workflow.of("w")
                                .step("x", "t.x", 1)
                                .step("a", "t.a", 1)
                                .after("b")
                                .step("b", "t.b", 1)
                                .after("x", "a"),
                        "steps[1].after")
                .hasMessageContaining("circle");
        refused(
                Workflow.of("w")
                        .step("a", "t.a", fromResult("b"))
                        .step("b", "t.b", 1)
                        .after("a"),
                "steps[0].fromResult");
    }

    @Test
    void optionsAndFailuresAreOfTheStepBefore() {
        Workflow flow = Workflow.of("w")
                .step("a", "t.a", 1)
                .map("m", "t.m", List.of(1, 2))
                .options(TaskOptions.none().priority(9))
                .continueOnFailure();
        assertThat(step(flow, "a").step().options().priority()).isNull();
        assertThat(step(flow, "m.2").step().options().priority()).isEqualTo(9);
        assertThat(step(flow, "m.2").step().continuesOnFailure()).isTrue();
        assertThat(step(flow, "a").step().continuesOnFailure()).isFalse();
    }
}
