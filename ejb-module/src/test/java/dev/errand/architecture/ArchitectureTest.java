package dev.errand.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;

/** The arrows between the packages, as docs and package-infos tell them. A package that is not named here has none. */
@AnalyzeClasses(packages = "dev.errand", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule apiStandsAlone = only("api");

    @ArchTest
    static final ArchRule logStandsAlone = only("log");

    @ArchTest
    static final ArchRule addressesStandAlone = only("url");

    @ArchTest
    static final ArchRule metricsStandAlone = only("metrics");

    @ArchTest
    static final ArchRule jsonKnowsAddresses = only("json", "url");

    @ArchTest
    static final ArchRule configKnowsTheApi = only("config", "api", "url");

    @ArchTest
    static final ArchRule handlersAreReadWithoutTheEngine = only("handler", "api", "config", "cron", "json", "log");

    @ArchTest
    static final ArchRule timesOfSchedulesStandAlone = only("cron", "api");

    @ArchTest
    static final ArchRule schedulesSend =
            only("schedule", "api", "config", "cron", "handler", "json", "log", "queue", "send", "store");

    @ArchTest
    static final ArchRule workflowsSend = only("flow", "api", "config", "log", "queue", "send", "store");

    @ArchTest
    static final ArchRule theStoreKnowsNoneOfItsUsers = only("store", "api", "config", "json", "log");

    @ArchTest
    static final ArchRule theDatabaseKnowsNoTable = only("store.database", "api", "config", "json", "log");

    @ArchTest
    static final ArchRule theSchemaKnowsTheDatabase = only("store.schema", "store.database", "api", "config", "log");

    @ArchTest
    static final ArchRule onlyManagementLooks = noClasses()
            .that()
            .resideOutsideOfPackages("dev.errand.store.view..", "dev.errand.manage..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.errand.store.view..");

    @ArchTest
    static final ArchRule theQueueCarriesTheRecordsOfTheStore = only("queue", "api", "config", "log", "store");

    @ArchTest
    static final ArchRule sendingEndsAtTheQueue =
            only("send", "api", "config", "cron", "handler", "json", "limit", "log", "metrics", "queue", "store");

    @ArchTest
    static final ArchRule aRunKnowsNeitherSenderNorTimer =
            only("run", "api", "config", "cron", "handler", "json", "limit", "log", "metrics", "queue", "store");

    @ArchTest
    static final ArchRule limitsKnowNeitherSenderNorRun =
            only("limit", "api", "config", "cron", "handler", "json", "log", "queue", "store");

    @ArchTest
    static final ArchRule timersSeeRunsAndSchedulesButNotSenders =
            only("timer", "api", "config", "flow", "run", "handler", "limit", "log", "queue", "schedule", "store");

    @ArchTest
    static final ArchRule managementKnowsNoTimer = only(
            "manage",
            "api",
            "config",
            "flow",
            "run",
            "handler",
            "json",
            "limit",
            "log",
            "metrics",
            "queue",
            "schedule",
            "send",
            "store");

    @ArchTest
    static final ArchRule theShapesOfAnswersNeedNoEngine = only("manage.json", "api", "json");

    @ArchTest
    static final ArchRule noPackageKnowsTheStart = noClasses()
            .that()
            .resideOutsideOfPackage("dev.errand.start..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.errand.start..");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.errand.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageIsNamedHere = classes()
            .that()
            .doNotHaveFullyQualifiedName("dev.errand.package-info")
            .should()
            .resideInAnyPackage(packages(
                    "api",
                    "config",
                    "cron",
                    "flow",
                    "handler",
                    "json",
                    "limit",
                    "log",
                    "manage",
                    "metrics",
                    "queue",
                    "run",
                    "schedule",
                    "send",
                    "start",
                    "store",
                    "timer",
                    "url"));

    private static ArchRule only(String name, String... known) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(
                packages(Stream.concat(Stream.of(name), Arrays.stream(known)).toArray(String[]::new)));
        return noClasses()
                .that()
                .resideInAPackage("dev.errand." + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.errand..").and(DescribedPredicate.not(allowed)))
                .as(name + " knows only " + Arrays.toString(known));
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "dev.errand." + name + "..").toArray(String[]::new);
    }
}
