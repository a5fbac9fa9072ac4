package dev.errand.handler;

import static dev.errand.handler.AnnotatedTypes.read;
import static jakarta.ejb.TransactionAttributeType.MANDATORY;
import static jakarta.ejb.TransactionAttributeType.NEVER;
import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static jakarta.ejb.TransactionAttributeType.REQUIRED;
import static jakarta.ejb.TransactionAttributeType.REQUIRES_NEW;
import static jakarta.ejb.TransactionAttributeType.SUPPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.api.Task;
import dev.errand.api.TaskContext;
import dev.errand.api.TaskHandler;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import org.junit.jupiter.api.Test;

/** The rules of Jakarta Enterprise Beans (Core, 8.3.7): the attribute of the method, otherwise that of the class that declares
 * it. */
class HandlerTransactionTest {
    abstract static class Base implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class Silent implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(REQUIRED)
    static class Required extends Silent implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(MANDATORY)
    static class Mandatory extends Required implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(SUPPORTS)
    static class Supports extends Required implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(NOT_SUPPORTED)
    static class NotSupported extends Silent implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(NEVER)
    static class Never extends Silent implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionAttribute(REQUIRES_NEW)
    static class RequiresNew extends Silent implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    @TransactionManagement(TransactionManagementType.BEAN)
    static class BeanManaged extends Silent implements TaskHandler<String, Void> {}

    @Task("t")
    @TransactionManagement(TransactionManagementType.CONTAINER)
    static class ContainerManaged extends Silent implements TaskHandler<String, Void> {}

    @Task("t")
    @TransactionAttribute(NOT_SUPPORTED)
    static class MethodSaysRequired implements TaskHandler<String, Void> {
        @Override
        @TransactionAttribute(REQUIRED)
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class MethodSaysNotSupported implements TaskHandler<String, Void> {
        @Override
        @TransactionAttribute(NOT_SUPPORTED)
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class AnotherHandleSaysNotSupported implements TaskHandler<String, Void> {
        @TransactionAttribute(NOT_SUPPORTED)
        public Void handle(String argument, String other) {
            return null;
        }

        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @TransactionAttribute(NOT_SUPPORTED)
    abstract static class LongBase extends Base {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class InheritsFromLongBase extends LongBase implements TaskHandler<String, Void> {}

    @Task("t")
    @TransactionAttribute(NOT_SUPPORTED)
    static class SaysNotSupportedOfWhatItInherits extends Base implements TaskHandler<String, Void> {}

    abstract static class AnnotatedBase extends Base {
        @Override
        @TransactionAttribute(NOT_SUPPORTED)
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class OverridesAnAnnotatedMethod extends AnnotatedBase implements TaskHandler<String, Void> {
        @Override
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    abstract static class OverridesAgain extends AnnotatedBase {
        @Override
        @TransactionAttribute(REQUIRED)
        public Void handle(String argument, TaskContext task) {
            return null;
        }
    }

    @Task("t")
    static class InheritsTheLastOverride extends OverridesAgain implements TaskHandler<String, Void> {}

    @Test
    void withoutAnAttributeTheOutcomeIsPartOfTheHandlersTransaction() {
        assertThat(read(Silent.class).transactional()).isTrue();
        assertThat(read(ContainerManaged.class).transactional()).isTrue();
    }

    @Test
    void anAttributeThatJoinsTheTransactionMakesItExactlyOnce() {
        assertThat(read(Required.class).transactional()).isTrue();
        assertThat(read(Mandatory.class).transactional()).isTrue();
        assertThat(read(Supports.class).transactional()).isTrue();
    }

    @Test
    void anAttributeThatLeavesTheTransactionMakesItAtLeastOnce() {
        assertThat(read(NotSupported.class).transactional()).isFalse();
        assertThat(read(Never.class).transactional()).isFalse();
        assertThat(read(RequiresNew.class).transactional()).isFalse();
    }

    @Test
    void aBeanThatCommitsByItselfIsAtLeastOnce() {
        assertThat(read(BeanManaged.class).transactional()).isFalse();
    }

    @Test
    void theMethodsAttributeBeatsTheClasses() {
        assertThat(read(MethodSaysRequired.class).transactional()).isTrue();
        assertThat(read(MethodSaysNotSupported.class).transactional()).isFalse();
    }

    @Test
    void anotherMethodOfTheSameNameDoesNotCount() {
        assertThat(read(AnotherHandleSaysNotSupported.class).transactional()).isTrue();
    }

    @Test
    void anInheritedMethodHasTheAttributeOfTheClassThatDeclaresIt() {
        assertThat(read(InheritsFromLongBase.class).transactional()).isFalse();
        assertThat(read(SaysNotSupportedOfWhatItInherits.class).transactional()).isTrue();
    }

    @Test
    void anOverriddenMethodsAttributeDoesNotCount() {
        assertThat(read(OverridesAnAnnotatedMethod.class).transactional()).isTrue();
        assertThat(read(InheritsTheLastOverride.class).transactional()).isTrue();
    }
}
