package dev.errand.manage.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import org.junit.jupiter.api.Test;

class DescribedMBeanTest {
    private static final List<MBeanInfo> MBEANS = List.of(
            new DescribedMBean(new TasksConsole(null, null, null, null, null), TasksMXBean.class).getMBeanInfo(),
            new DescribedMBean(new QueueConsole("queue", null, null), QueueMXBean.class).getMBeanInfo());

    /** StandardMBean's own text for an attribute is its name. */
    @Test
    void everythingHasADescription() {
        for (MBeanInfo mbean : MBEANS) {
            assertThat(mbean.getDescription()).contains(" ");
            assertThat(features(mbean))
                    .isNotEmpty()
                    .allSatisfy(feature -> assertThat(feature.getDescription())
                            .as(feature.getName())
                            .contains(" ")
                            .doesNotContain("exposed for management"));
        }
    }

    private static Stream<MBeanFeatureInfo> features(MBeanInfo mbean) {
        Stream<MBeanParameterInfo> parameters =
                Arrays.stream(mbean.getOperations()).flatMap(operation -> Arrays.stream(operation.getSignature()));
        return Stream.of(Arrays.stream(mbean.getAttributes()), Arrays.stream(mbean.getOperations()), parameters)
                .flatMap(features -> features);
    }

    @Test
    void parametersHaveTheirNames() {
        assertThat(MBEANS.get(0).getOperations())
                .flatExtracting(operation -> List.of(operation.getSignature()))
                .extracting(MBeanFeatureInfo::getName)
                .containsOnly("id", "queue", "limit", "tasks", "schedule", "rate", "concurrency", "task", "queues");
    }

    /** Servers with roles let a user who may only read call the operations that are INFO. */
    @Test
    void readersMayCallOnlyOperationsThatChangeNothing() {
        assertThat(MBEANS)
                .flatExtracting(mbean -> List.of(mbean.getOperations()))
                .allSatisfy(operation -> assertThat(operation.getImpact())
                        .as(operation.getName())
                        .isEqualTo(
                                List.of("find", "failures", "damaged").contains(operation.getName())
                                        ? MBeanOperationInfo.INFO
                                        : MBeanOperationInfo.ACTION));
        assertThat(MBEANS)
                .flatExtracting(mbean -> List.of(mbean.getAttributes()))
                .allSatisfy(attribute -> assertThat(attribute.isWritable()).isFalse());
    }

    /** A console has none of the engine's classes. */
    @Test
    void onlyTypesOfTheJdkGoToAConsole() {
        assertThat(MBEANS)
                .flatExtracting(mbean -> List.of(mbean.getAttributes()))
                .allSatisfy(attribute -> assertThat(attribute.getType())
                        .matches("long|boolean|(\\[L)?java\\..*|(\\[L)?javax\\.management\\..*"));
    }
}
