package dev.errand.store;

import static dev.errand.store.Database.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.api.TaskFilter;
import dev.errand.api.TaskInfo;
import dev.errand.api.TaskState;
import dev.errand.api.WorkflowInfo;
import dev.errand.store.ControlRecords.Revoke;
import dev.errand.store.TaskTransitions.Success;
import dev.errand.store.WorkflowRecords.After;
import dev.errand.store.WorkflowRecords.Step;
import dev.errand.store.view.WorkflowQueries;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workflows: the release of steps, their failures, retries and revocations, and their pruning. */
interface WorkflowContract extends StoreSteps {
    String FLOW = "flow";

    /** A workflow as a test describes it. The id of a step's task is its name. */
    final class Flow {
        private final List<TaskRecord> tasks = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<After> afters = new ArrayList<>();

        /** A step that waits for others; "" as its key is the one for failures. */
        Flow keyed(String name, String key, String input, String... after) {
            return keyed(name, key, input, false, null, after);
        }

        Flow keyed(String name, String key, String input, boolean continues, Long delay, String... after) {
            TaskRecord task = new TaskRecord(
                    name, "t.t", "default", 4, null, null, input == null ? "\"own\"" : null, NOW, NOW, null);
            task.step(FLOW, name);
            if (after.length > 0 || key.isEmpty()) {
                task.await();
            }
            tasks.add(task);
            steps.add(new Step(name, FLOW, name, key, -1 - steps.size(), continues, input, delay));
            Arrays.stream(after).forEach(other -> afters.add(new After(name, other, FLOW)));
            return this;
        }

        Flow step(String name, String... after) {
            return keyed(name, name, null, after);
        }
    }

    default void start(Flow flow) {
        Database.FINISHED.taken();
        database().run(em -> {
            with(em, new WorkflowRecords()).insert(FLOW, "publish", "ann", NOW);
            transitions(em).insert(flow.tasks);
            with(em, new WorkflowRecords()).insertSteps(flow.steps, flow.afters);
        });
    }

    default WorkflowProgress progress(EntityManager em) {
        return with(em, new WorkflowProgress());
    }

    default void succeed(String id, String result) {
        database().run(em -> {
            TaskRecord claimed = locks(em)
                    .claim(id, records(em).find(id).orElseThrow().run())
                    .orElseThrow();
            transitions(em).succeed(List.of(new Success(endedOf(claimed), result)));
        });
    }

    default void fail(String id) {
        database()
                .run(em -> assertThat(transitions(em)
                                .end(endedOf(records(em).find(id).orElseThrow()), TaskState.FAILURE, null, ERROR))
                        .isTrue());
    }

    static Ended endedOf(TaskRecord record) {
        return new Ended(record.id(), record.run(), "node-1", NOW + 1, NOW + 5, null, record.workflow());
    }

    /** The work of the engine's thread after a commit, and now and then. */
    default void look() {
        boolean more = true;
        while (more) {
            List<String> decided = database().in(em -> progress(em).decided(FLOW));
            more = !decided.isEmpty()
                    && !database()
                            .<Set<String>>in(em -> progress(em).settle(decided, NOW + 9))
                            .isEmpty();
        }
        database().run(em -> progress(em).end(FLOW, NOW + 9));
    }

    default void retryStep(String id) {
        database()
                .run(em -> assertThat(control(em).runAgain(lock(em, id), "ann", NOW + 20))
                        .isTrue());
    }

    default TaskState state(String id) {
        return find(id).state();
    }

    default WorkflowInfo workflow() {
        return database().in(em -> with(em, new WorkflowQueries()).find(FLOW).orElseThrow());
    }

    @Test
    default void theNextStepOfAChainIsReleasedInTheCommitThatFinishesTheOneBefore() {
        start(new Flow().step("a").keyed("b", "b", "ONE a", "a").keyed("c", "c", "ONE a", "b"));
        assertThat(state("b")).isEqualTo(TaskState.WAITING);
        assertThat(wakeAt("b")).isNull();

        succeed("a", "{\"rows\":7}");

        TaskInfo next = find("b");
        assertThat(next.state()).isEqualTo(TaskState.PENDING);
        assertThat(next.argument()).isEqualTo(Map.of("rows", 7));
        assertThat(next.workflow()).isEqualTo(FLOW);
        assertThat(next.step()).isEqualTo("b");
        assertThat(wakeAt("b")).isEqualTo(NOW + 5);
        assertThat(Database.FINISHED.taken()).as("looks that are left").isEmpty();
        assertThat(state("c")).isEqualTo(TaskState.WAITING);
        succeed("b", "8");
        assertThat(find("c").argument()).as("of an earlier step").isEqualTo(Map.of("rows", 7));
    }

    @Test
    default void aRollbackReleasesNothing() {
        start(new Flow().step("a").step("b", "a"));
        try (Database.Tx run = database().begin()) {
            TaskRecord claimed = locks(run.em).claim("a", 1).orElseThrow();
            transitions(run.em).succeed(List.of(new Success(endedOf(claimed), null)));
        }
        assertThat(state("a")).isEqualTo(TaskState.PENDING);
        assertThat(state("b")).isEqualTo(TaskState.WAITING);
    }

    @Test
    default void aStepAfterAGroupTakesTheResultsOfItsMembersInTheirOrder() {
        start(new Flow()
                .keyed("g.1", "g", null)
                .keyed("g.2", "g", null)
                .keyed("g.3", "g", null)
                .keyed("then", "then", "LIST g\t", "g")
                .keyed("both", "both", "MAP g\t then", "then"));
        succeed("g.3", "3");
        succeed("g.1", "1");
        look();
        assertThat(state("then")).isEqualTo(TaskState.WAITING);
        succeed("g.2", null);
        assertThat(state("then")).as("the commit does not know of the others").isEqualTo(TaskState.WAITING);
        assertThat(Database.FINISHED.taken()).contains("g");
        look();
        look();

        assertThat(find("then").argument()).isEqualTo(Arrays.asList(1, null, 3));
        succeed("then", "\"x\"");
        assertThat(find("both").argument()).isEqualTo(Map.of("g", Arrays.asList(1, null, 3), "then", "x"));
    }

    /** Two members that end at the same moment do not see each other: each commit leaves it to the look. */
    @Test
    default void membersThatFinishAtTheSameMomentReleaseTheirSuccessorOnce() {
        start(new Flow().step("a").step("b").step("join", "a", "b"));
        try (Database.Tx one = database().begin()) {
            TaskRecord a = locks(one.em).claim("a", 1).orElseThrow();
            transitions(one.em).succeed(List.of(new Success(endedOf(a), null)));
            succeed("b", null);
            look();
            assertThat(state("join")).isEqualTo(TaskState.WAITING);
            one.commit();
        }
        AtomicInteger released = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            List<String> decided = database().in(em -> progress(em).decided(FLOW));
            released.addAndGet(
                    database().in(em -> progress(em).settle(decided, NOW + 9).size()));
        }
        assertThat(released).hasValue(1);
        assertThat(state("join")).isEqualTo(TaskState.PENDING);
    }

    /** Another transaction that looks at the same steps is not in the way, and none of both waits. */
    @Test
    default void aStepThatIsLockedIsLeftToTheNextLook() {
        start(new Flow().step("a").step("b", "a").step("c", "a"));
        try (Database.Tx other = database().begin()) {
            lock(other.em, "b");
            succeed("a", null);
            assertThat(state("c")).isEqualTo(TaskState.PENDING);
            assertThat(Database.FINISHED.taken()).contains("a");
        }
        look();
        assertThat(state("b")).isEqualTo(TaskState.PENDING);
    }

    @Test
    default void whatWaitsForAFailedStepIsRevokedAndWaitsAgainWhenThatIsRetried() {
        start(new Flow().step("a").step("b", "a").step("c", "b").step("other").step("d", "c", "other"));
        fail("a");
        assertThat(Database.FINISHED.taken()).contains("all");
        look();

        assertThat(List.of(state("b"), state("c"), state("d"))).containsOnly(TaskState.REVOKED);
        assertThat(find("d").error().type()).isEqualTo("dev.errand.StepFailed");
        assertThat(find("d").error().message()).contains("\"a\"", "FAILURE", "publish", "Retry that step");
        assertThat(workflow().state()).isEqualTo(TaskState.STARTED);
        succeed("other", null);
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.FAILURE);
        assertThat(workflow().finishedAt()).isNotNull();

        database().run(em -> assertThat(progress(em).blocker(lock(em, "b"))).contains("a"));
        retryStep("a");
        assertThat(state("a")).isEqualTo(TaskState.PENDING);
        assertThat(List.of(state("b"), state("c"), state("d"))).containsOnly(TaskState.WAITING);
        assertThat(find("d").error()).isNull();
        assertThat(workflow().finishedAt()).isNull();
        succeed("a", null);
        succeed("b", null);
        succeed("c", null);
        look();
        succeed("d", null);
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.SUCCESS);
        assertThat(workflow().counts()).isEqualTo(Map.of(TaskState.SUCCESS, 5L));
    }

    /** The revocation holds the failed step's lock until its commit. */
    @Test
    default void aStepThatIsBeingRetriedRevokesNothing() {
        start(new Flow().step("a").step("b", "a"));
        fail("a");
        try (Database.Tx retry = database().begin()) {
            control(retry.em).runAgain(lock(retry.em, "a"), "ann", NOW + 20);
            List<String> decided = database().in(em -> progress(em).decided(FLOW));
            assertThat(decided).containsExactly("b");
            assertThat(database().<Set<String>>in(em -> progress(em).settle(decided, NOW + 9)))
                    .isEmpty();
            retry.commit();
        }
        look();
        assertThat(state("b")).isEqualTo(TaskState.WAITING);
        succeed("a", null);
        assertThat(state("b")).isEqualTo(TaskState.PENDING);
    }

    @Test
    default void aFailureThatIsToContinueReleasesWhatComesAfterIt() {
        start(new Flow().keyed("a", "a", null, true, null).keyed("b", "b", "ONE a", "a"));
        fail("a");

        assertThat(state("b")).isEqualTo(TaskState.PENDING);
        assertThat(find("b").argument()).isNull();
        succeed("b", null);
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    default void theStepForFailuresRunsOnceWithTheFailedStepAsItsArgument() {
        start(new Flow().step("a").step("b", "a").keyed("alert", "", "FAILURE"));
        fail("a");
        look();
        look();

        assertThat(state("alert")).isEqualTo(TaskState.PENDING);
        @SuppressWarnings("unchecked")
        Map<String, Object> failure = (Map<String, Object>) find("alert").argument();
        assertThat(failure).containsEntry("step", "a").containsEntry("id", "a").containsEntry("workflow", FLOW);
        assertThat(failure.get("error")).isEqualTo(Map.of("type", ERROR.type(), "message", "no\uFFFDpe"));
        assertThat(workflow().state()).isEqualTo(TaskState.STARTED);
        succeed("alert", null);
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.FAILURE);
        assertThat(workflow().finishedAt()).isNotNull();
        retryStep("a");
        fail("a");
        look();
        assertThat(state("alert")).as("once").isEqualTo(TaskState.SUCCESS);
    }

    @Test
    default void theStepForFailuresIsNotNeededWithoutAFailure() {
        start(new Flow().step("a").keyed("alert", "", "FAILURE"));
        look();
        assertThat(state("alert")).isEqualTo(TaskState.WAITING);
        succeed("a", null);
        look();

        assertThat(state("alert")).isEqualTo(TaskState.REVOKED);
        assertThat(find("alert").error().type()).isEqualTo("dev.errand.NotNeeded");
        assertThat(workflow().state()).isEqualTo(TaskState.SUCCESS);
        assertThat(workflow().finishedAt()).isNotNull();
    }

    @Test
    default void resultsThatAreTooLargeFailTheStepThatTakesThem() {
        start(new Flow().keyed("g.1", "g", null).keyed("g.2", "g", null).keyed("then", "then", "LIST g\t", "g"));
        String large = '"' + "x".repeat(600 * 1024) + '"';
        succeed("g.1", large);
        succeed("g.2", large);
        look();

        assertThat(state("then")).isEqualTo(TaskState.FAILURE);
        assertThat(find("then").error().message()).contains("g", "errand.argument.max-bytes", "retry");
    }

    @Test
    default void aCountdownBeginsAtTheReleaseAndAnEtaStays() {
        start(new Flow().step("a").keyed("b", "b", null, false, 60_000L, "a"));
        succeed("a", null);

        assertThat(find("b").dueAt().toEpochMilli()).isEqualTo(NOW + 5 + 60_000);
        assertThat(wakeAt("b")).isEqualTo(NOW + 5 + 60_000);
    }

    @Test
    default void aWaitingStepCanBeRevokedAndExpiresAndThoseAfterItAreRevoked() {
        start(new Flow().step("a").step("b", "a").step("c", "b"));
        database().run(em -> assertThat(control(em).revoke("b", "ann", NOW)).isEqualTo(Revoke.REVOKED));
        look();
        assertThat(state("c")).isEqualTo(TaskState.REVOKED);

        retryStep("b");
        assertThat(state("b")).isEqualTo(TaskState.WAITING);
        assertThat(state("c")).isEqualTo(TaskState.WAITING);
        database()
                .run(em -> em.createNativeQuery("UPDATE errand_task SET expires_at = 7 WHERE id = 'b'")
                        .executeUpdate());
        database().run(em -> {
            ExpiredRecords expired = with(em, new ExpiredRecords());
            assertThat(expired.firstAfter(0)).hasValue(7);
            assertThat(expired.lock(NOW, 9)).extracting(TaskRecord::id).containsExactly("b");
        });
    }

    @Test
    default void aStepThatWaitedAndIsRetriedStartsWhenTheOthersAreFinished() {
        start(new Flow().step("a").keyed("b", "b", "ONE a", "a"));
        succeed("a", "1");
        fail("b");
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.FAILURE);
        retryStep("b");

        assertThat(state("b")).isEqualTo(TaskState.PENDING);
        assertThat(find("b").argument()).isEqualTo(1);
        assertThat(find("b").retries()).isEqualTo(1);
        assertThat(find("b").runs()).hasSize(1);
        succeed("b", null);
        look();
        assertThat(workflow().state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    default void aTaskIsNotPrunedBeforeItsWorkflowIsFinished() {
        start(new Flow().step("a").step("b", "a"));
        succeed("a", null);
        look();
        assertThat(prunedSteps()).isZero();
        succeed("b", null);
        assertThat(prunedSteps()).as("no node has seen its end").isZero();
        look();
        assertThat(prunedSteps()).isEqualTo(2);
        assertThat(rows("errand_step")).isZero();
        assertThat(rows("errand_step_after")).isZero();
        database().run(em -> {
            assertThat(with(em, new OldRecords()).pruneWorkflows(NOW, 9)).isZero();
            assertThat(with(em, new OldRecords()).pruneWorkflows(NOW + 9, 9)).isEqualTo(1);
        });
        assertThat(rows("errand_workflow")).isZero();
    }

    private int prunedSteps() {
        return database()
                .in(em -> with(em, new OldRecords())
                        .prune(TaskState.SUCCESS, 0, NOW + 9, 99)
                        .tasks());
    }

    @Test
    default void workflowsAreListedAndFoundAndTheirTasksAsWell() {
        insert(task("x", 4, NOW));
        start(new Flow().step("a").keyed("g.1", "g", null, "a").keyed("g.2", "g", null, "a"));
        database().run(em -> with(em, new WorkflowRecords()).insert("older", "old", null, NOW - 1));

        assertThat(list(TaskFilter.all().workflow(FLOW))).containsExactly("g.2", "g.1", "a");
        assertThat(list(TaskFilter.all().workflow(FLOW).state(TaskState.WAITING)))
                .containsExactly("g.2", "g.1");
        assertThat(list(TaskFilter.all().state(TaskState.WAITING))).containsExactly("g.2", "g.1");
        assertThat(list(TaskFilter.all().workflow("none"))).isEmpty();
        database().run(em -> {
            WorkflowQueries queries = with(em, new WorkflowQueries());
            List<WorkflowInfo> all = queries.list(9, null);
            assertThat(all).extracting(WorkflowInfo::id).containsExactly(FLOW, "older");
            assertThat(all.get(0).counts()).isEqualTo(Map.of(TaskState.PENDING, 1L, TaskState.WAITING, 2L));
            assertThat(queries.list(9, new dev.errand.store.view.PageCursor(NOW, FLOW)))
                    .extracting(WorkflowInfo::id)
                    .containsExactly("older");
        });
        WorkflowInfo found = workflow();
        assertThat(found.state()).isEqualTo(TaskState.PENDING);
        assertThat(found.startedBy()).isEqualTo("ann");
        assertThat(found.steps()).extracting(WorkflowInfo.StepInfo::step).containsExactly("a", "g.1", "g.2");
        assertThat(found.steps().get(1).group()).isEqualTo("g");
        assertThat(found.steps().get(1).after()).containsExactly("a");
    }

    @Test
    default void aNameOfAStepIsThereOnceInAWorkflow() {
        start(new Flow().step("a"));
        assertThatThrownBy(() -> database()
                        .run(em -> with(em, new WorkflowRecords())
                                .insertSteps(
                                        List.of(new Step("other", FLOW, "a", "a", -2, false, null, null)), List.of())))
                .isInstanceOf(PersistenceException.class);
        database().run(em -> {
            WorkflowRecords workflows = with(em, new WorkflowRecords());
            assertThat(workflows.taken(FLOW, List.of("b", "a"))).containsExactly("a");
            assertThat(workflows.lastPlace(FLOW)).isEqualTo(-1);
            assertThat(workflows.open("", 9)).containsExactly(FLOW);
        });
    }

    /** Ten thousand members: each look for an unfinished one reads few rows, and the join is released once. */
    @Test
    default void aJoinOfManyMembersIsReleasedWhenTheLastOneHasFinished() {
        int members = 2_000;
        Flow flow = new Flow();
        IntStream.range(0, members).forEach(i -> flow.keyed("g." + i, "g", null));
        start(flow.step("then", "g"));
        for (int from = 0; from < members; from += 100) {
            int first = from;
            database()
                    .run(em -> transitions(em)
                            .succeed(IntStream.range(first, first + 100)
                                    .mapToObj(i -> new Success(
                                            new Ended("g." + i, 1, "node-1", NOW, NOW + 5, null, FLOW), null))
                                    .toList()));
            assertThat(database().<Boolean>in(em -> progress(em).hasUnfinished(FLOW, "g")))
                    .isEqualTo(first + 100 < members);
        }
        assertThat(state("then")).isEqualTo(TaskState.WAITING);
        look();
        assertThat(state("then")).isEqualTo(TaskState.PENDING);
    }
}
