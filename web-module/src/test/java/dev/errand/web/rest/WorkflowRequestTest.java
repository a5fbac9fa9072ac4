package dev.errand.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.api.InvalidValueException;
import dev.errand.api.TaskValue;
import dev.errand.api.Workflow;
import dev.errand.api.WorkflowStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowRequestTest {
    private static Workflow read(String json) {
        return WorkflowRequest.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aGraph() {
        Workflow workflow = read("{'id':'w-1','name':'Publish it','steps':["
                + "{'name':'a','task':'t.a','argument':{'x':1.10}},"
                + "{'name':'m','task':'t.m','arguments':[1,null,'x'],'after':'a','continueOnFailure':true},"
                + "{'name':'b','task':'t.b','fromResult':['a','m'],'after':['m'],"
                + "'options':{'countdown':'PT5M','priority':9}}],"
                + "'onFailure':{'name':'alert','task':'t.alert'}}");

        assertThat(workflow.id()).isEqualTo("w-1");
        assertThat(workflow.name()).isEqualTo("Publish it");
        assertThat(workflow.steps())
                .extracting(WorkflowStep::name, WorkflowStep::group, WorkflowStep::after, WorkflowStep::results)
                .containsExactly(
                        tuple("a", null, List.of(), List.of()),
                        tuple("m.1", "m", List.of("a"), List.of()),
                        tuple("m.2", "m", List.of("a"), List.of()),
                        tuple("m.3", "m", List.of("a"), List.of()),
                        tuple("b", null, List.of("m"), List.of("a", "m")));
        assertThat(((TaskValue) workflow.steps().get(0).argument()).json()).isEqualTo("{\"x\":1.10}");
        assertThat(workflow.steps().get(1).continuesOnFailure()).isTrue();
        assertThat(workflow.steps().get(4).options().countdown()).isEqualTo(Duration.ofMinutes(5));
        assertThat(workflow.failureStep().name()).isEqualTo("alert");
        assertThat(workflow.failureIsArgument()).isTrue();
        assertThat(read("{'name':'w','steps':[{'name':'a','task':'t.a'}],"
                                + "'onFailure':{'name':'f','task':'t.f','argument':null}}")
                        .failureIsArgument())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'steps':[]}|name
            {'name':7,'steps':[]}|name
            {'name':'w'}|steps
            {'name':'w','steps':{}}|steps
            {'name':'w','steps':[7]}|steps[0]
            {'name':'w','step':[]}|step
            {'name':'w','steps':[{'task':'t'}]}|steps[0].name
            {'name':'w','steps':[{'name':'a','task':'t'},{'name':'b'}]}|steps[1].task
            {'name':'w','steps':[{'name':'a','task':'t','afterwards':'b'}]}|steps[0].afterwards
            {'name':'w','steps':[{'name':'a','task':'t','after':7}]}|steps[0].after
            {'name':'w','steps':[{'name':'a','task':'t','fromResult':[]}]}|steps[0].fromResult
            {'name':'w','steps':[{'name':'a','task':'t','argument':1,'fromResult':'b'}]}|steps[0].fromResult
            {'name':'w','steps':[{'name':'a','task':'t','arguments':1}]}|steps[0].arguments
            {'name':'w','steps':[{'name':'a','task':'t','options':{'priority':10}}]}|steps[0].options.priority
            {'name':'w','steps':[{'name':'a','task':'t','options':{'argument':10}}]}|steps[0].options.argument
            {'name':'w','steps':[{'name':'a','task':'t','continueOnFailure':'yes'}]}|steps[0].continueOnFailure
            {'name':'w','steps':[{'name':'a','task':'t'}],'onFailure':{'name':'f'}}|onFailure.task
            {'name':'w','id':'a b','steps':[]}|id""")
    void aWrongFieldIsNamed(String json, String field) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
