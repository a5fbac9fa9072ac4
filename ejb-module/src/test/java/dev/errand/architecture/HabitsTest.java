package dev.errand.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.errand.api.ErrandException;
import dev.errand.api.TaskHandler;
import dev.errand.config.ErrandConfigProducer;
import dev.errand.queue.NodeThread;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionManagement;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.persistence.EntityManager;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** Rules for every class, in each package. */
@AnalyzeClasses(packages = "dev.errand", importOptions = ImportOption.DoNotIncludeTests.class)
class HabitsTest {
    private static final DescribedPredicate<JavaCall<?>> ASKS_FOR_THE_TIME_OF_DAY = DescribedPredicate.describe(
            "the time of day does not come from the injected Clock", HabitsTest::asksTheTime);

    private static final DescribedPredicate<JavaCall<?>> MAKES_A_THREAD =
            DescribedPredicate.describe("a thread is made", HabitsTest::makesAThread);

    /** So that tests can set it. System.nanoTime is no time of day. */
    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .that()
            .doNotBelongToAnyOf(ErrandConfigProducer.class)
            .should()
            .callCodeUnitWhere(ASKS_FOR_THE_TIME_OF_DAY.forSubtype());

    /** Threads are the container's. A node has two that last: the publisher's and the sweep's. */
    @ArchTest
    static final ArchRule onlyNodeThreadMakesAThread = noClasses()
            .that()
            .doNotBelongToAnyOf(NodeThread.class)
            .should()
            .callCodeUnitWhere(MAKES_A_THREAD.forSubtype());

    @ArchTest
    static final ArchRule noThreadSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule loggedMessagesAreInTheCatalogue = noClasses()
            .that()
            .resideOutsideOfPackage("dev.errand.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..")
            .orShould()
            .accessField(System.class, "err");

    /** The echo task, whose work it is, is the one exception. */
    @ArchTest
    static final ArchRule noClassPrints = noClasses()
            .that()
            .doNotHaveSimpleName("EchoTask")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule usersCatchErrandExceptions = classes()
            .that()
            .resideInAPackage("dev.errand.api..")
            .and()
            .areAssignableTo(Throwable.class)
            .should()
            .beAssignableTo(ErrandException.class);

    /** Habit 3: which transaction a class works in can be read at its top. */
    @ArchTest
    static final ArchRule everySessionBeanSaysItsTransaction = classes()
            .that()
            .areAnnotatedWith(Stateless.class)
            .or()
            .areAnnotatedWith(Singleton.class)
            .or()
            .areAnnotatedWith(MessageDriven.class)
            .and()
            .areNotAssignableTo(TaskHandler.class)
            .should()
            .beAnnotatedWith(TransactionAttribute.class)
            .orShould()
            .beAnnotatedWith(TransactionManagement.class);

    /** Else one slow call makes every other caller of the node wait, and in the end time out. */
    @ArchTest
    static final ArchRule noSingletonLocksItsCallersOut =
            classes().that().areAnnotatedWith(Singleton.class).should().beAnnotatedWith(ConcurrencyManagement.class);

    /** A persistent timer is a second truth next to the record, and is there twice after a redeployment. */
    @ArchTest
    static final ArchRule noTimerIsPersistent = noClasses()
            .should()
            .callConstructor(TimerConfig.class)
            .orShould()
            .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(assignableTo(TimerService.class))
                    .and(HasName.Predicates.name("createTimer"))));

    /** Such a timer fires, or tells each time that it cannot, while a start waits for the database, and after it has failed. */
    @ArchTest
    static final ArchRule timersBeginWithTheWork = methods().should().notBeAnnotatedWith(Schedule.class);

    @ArchTest
    static final ArchRule onlyTheStoreKnowsTheTables = noClasses()
            .that()
            .resideOutsideOfPackage("dev.errand.store..")
            .should()
            .dependOnClassesThat(assignableTo(EntityManager.class));

    /** The built-in tasks are written as those of users are, with a library of their choice. */
    @ArchTest
    static final ArchRule onlyJsonKnowsTheJsonLibrary = noClasses()
            .that()
            .resideOutsideOfPackages("dev.errand.json..", "dev.errand.tasks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "jakarta.json..");

    /** An annotation names a field. The types of users need none. */
    @ArchTest
    static final ArchRule onlyShapesOfAnswersAreAnnotated = noClasses()
            .that()
            .resideOutsideOfPackages("dev.errand.json..", "dev.errand.tasks..", "dev.errand.manage.json..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    /** Servers of the Web Profile have no JMS, and refuse a deployment with a message-driven bean. */
    @ArchTest
    static final ArchRule onlyTheModuleForJmsKnowsJms = noClasses()
            .that()
            .resideOutsideOfPackage("dev.errand.jms..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.jms..");

    @ArchTest
    static final ArchRule noServerIsNamedInAnImport = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("org.jboss..", "org.wildfly..", "fish.payara..", "org.glassfish..", "com.sun..")
                            // a library that has its name from there
                            .and(DescribedPredicate.not(resideInAPackage("org.jboss.jandex.."))));

    /** Payara makes the proxies of EJBs in another package: a call whose types that package does not see fails at run time only. */
    @ArchTest
    static final ArchRule ejbsHavePublicTypesInTheirSignatures = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(annotatedWith(Stateless.class)
                    .or(annotatedWith(Singleton.class))
                    .or(annotatedWith(MessageDriven.class)))
            .should(new ArchCondition<>("have public types in their signatures") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .filter(type ->
                                    !type.isPrimitive() && !type.getModifiers().contains(JavaModifier.PUBLIC))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " needs " + type.getName() + " to be public")));
                }
            });

    /** Payara looks up a callback by its name: of two methods with one name it may call the other, which fails in silence. */
    @ArchTest
    static final ArchRule callbacksHaveNamesOfTheirOwn = methods()
            .that()
            .areAnnotatedWith(PreDestroy.class)
            .or()
            .areAnnotatedWith(PostConstruct.class)
            .or()
            .areAnnotatedWith(Timeout.class)
            .should(new ArchCondition<>("have a name of their own") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    long sameName = method.getOwner().getMethods().stream()
                            .filter(other -> other.getName().equals(method.getName()))
                            .count();
                    if (sameName > 1) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shares its name with another method"));
                    }
                }
            });

    /** CDI's proxies are locked by such a method as well, and a thread that waits in it releases only one of the two locks. */
    @ArchTest
    static final ArchRule synchronizedMethodsDoNotWait = methods()
            .that()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .should(new ArchCondition<>("not call Object.wait") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    method.getMethodCallsFromSelf().stream()
                            .filter(call -> call.getTargetOwner().isEquivalentTo(Object.class)
                                    && call.getName().equals("wait"))
                            .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule fieldsAreNotPublic =
            noFields().that().areNotStatic().should().bePublic().allowEmptyShould(true);

    private static boolean asksTheTime(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        boolean noArguments = call.getTarget().getRawParameterTypes().isEmpty();
        return owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                || owner.startsWith("java.time.") && name.equals("now") && noArguments
                || owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick"))
                || owner.equals("java.util.Date") && name.equals("<init>") && noArguments;
    }

    private static boolean makesAThread(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isAssignableTo(Thread.class) && call.getName().equals("<init>")
                || owner.isAssignableTo(ThreadFactory.class) && call.getName().equals("newThread")
                || owner.isAssignableTo(ManagedThreadFactory.class)
                || owner.isEquivalentTo(Executors.class)
                || owner.isAssignableTo(ForkJoinPool.class);
    }
}
