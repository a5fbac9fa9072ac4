package dev.errand.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ejb.ApplicationException;
import org.junit.jupiter.api.Test;

class ErrandExceptionTest {
    /** A caller who catches DuplicateTaskException must get it, and not an EJBException around it. */
    @Test
    void itCrossesEjbCallsUnwrappedAndSoDoItsSubclasses() {
        ApplicationException annotation = ErrandException.class.getAnnotation(ApplicationException.class);

        assertThat(annotation.inherited()).isTrue();
        assertThat(annotation.rollback()).isTrue();
    }

    @Test
    void everyExceptionOfTheApiIsOne() {
        assertThat(new ClassFileImporter().importPackages("dev.errand.api"))
                .filteredOn(type -> type.isAssignableTo(Throwable.class))
                .extracting(JavaClass::getSimpleName, type -> type.isAssignableTo(ErrandException.class))
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row.toList().get(1)).as(row.toString()).isEqualTo(true));
    }
}
