package dev.errand.api;

import static dev.errand.api.TaskState.FAILURE;
import static dev.errand.api.TaskState.PARKED;
import static dev.errand.api.TaskState.PENDING;
import static dev.errand.api.TaskState.RETRY;
import static dev.errand.api.TaskState.REVOKED;
import static dev.errand.api.TaskState.STARTED;
import static dev.errand.api.TaskState.SUCCESS;
import static dev.errand.api.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskStateTest {
    /** The state machine once more, by hand: a change in one place must be intended. */
    private static final Map<TaskState, Set<TaskState>> ALLOWED = Map.of(
            PENDING, Set.of(STARTED, RETRY, SUCCESS, FAILURE, REVOKED, PARKED),
            RETRY, Set.of(STARTED, RETRY, SUCCESS, FAILURE, REVOKED, PARKED),
            STARTED, Set.of(PENDING, RETRY, SUCCESS, FAILURE, REVOKED),
            PARKED, Set.of(PENDING, REVOKED),
            WAITING, Set.of(PENDING, REVOKED, FAILURE),
            FAILURE, Set.of(PENDING, WAITING),
            REVOKED, Set.of(PENDING, WAITING),
            SUCCESS, Set.of());

    static Stream<Arguments> allPairs() {
        return Arrays.stream(TaskState.values())
                .flatMap(from -> Arrays.stream(TaskState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("allPairs")
    void onlyTheDrawnArrowsAreAllowed(TaskState from, TaskState to) {
        assertThat(from.canBecome(to)).isEqualTo(ALLOWED.get(from).contains(to));
    }

    @ParameterizedTest
    @EnumSource
    void aSuccessIsFinal(TaskState next) {
        assertThat(SUCCESS.canBecome(next)).isFalse();
    }

    @Test
    void aTaskIsFinishedWithAResultAnErrorOrARevocation() {
        assertThat(TaskState.values()).filteredOn(TaskState::finished).containsExactly(SUCCESS, FAILURE, REVOKED);
    }

    /** The guard of every UPDATE. */
    @ParameterizedTest
    @EnumSource
    void theStatesThatMayComeBeforeAreTheSameArrowsBackwards(TaskState next) {
        assertThat(TaskState.values())
                .filteredOn(from -> ALLOWED.get(from).contains(next))
                .containsExactlyInAnyOrderElementsOf(TaskState.thatCanBecome(next));
    }

    @Test
    void theNamesAreCelerysAndParkedAndWaiting() {
        assertThat(TaskState.values())
                .extracting(Enum::name)
                .containsExactlyInAnyOrder(
                        "PENDING", "STARTED", "RETRY", "SUCCESS", "FAILURE", "REVOKED", "PARKED", "WAITING");
    }
}
