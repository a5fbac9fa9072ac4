package dev.errand.tasks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The built-in tasks are written as an application's own handlers are. */
@AnalyzeClasses(packages = "dev.errand.tasks", importOptions = ImportOption.DoNotIncludeTests.class)
class TasksArchitectureTest {
    @ArchTest
    static final ArchRule tasksUseThePublicApiAndSettings = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("dev.errand..")
                    .and(not(resideInAnyPackage(
                            "dev.errand.tasks..",
                            "dev.errand.api..",
                            "dev.errand.config..",
                            "dev.errand.url..",
                            "dev.errand.log.."))));

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.errand.tasks.(*)..").should().beFreeOfCycles();
}
