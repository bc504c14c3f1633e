package io.asynclog.autoconfigure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

/** Spring Boot's own rules for auto-configurations, and ours for what may know whom. */
class ArchitectureTests {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.asynclog.autoconfigure");

    @Test
    void autoConfigurationsArePublicAndFinal() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }

    @Test
    void beanMethodsArePackagePrivate() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .bePackagePrivate()
                .check(CLASSES);
    }

    @Test
    void conditionsOnClassesAreOnClasses() {
        noMethods().should().beAnnotatedWith(ConditionalOnClass.class).check(CLASSES);
    }

    @Test
    void everyAutoConfigurationIsRegistered() {
        List<String> annotated = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(AutoConfiguration.class))
                .map(JavaClass::getName)
                .toList();
        assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
                .filteredOn(name -> name.startsWith("io.asynclog."))
                .containsExactlyInAnyOrderElementsOf(annotated);
    }

    @Test
    void theEngineIsConfiguredWithoutActuatorMicrometerAndTransactions() {
        noClasses()
                .that()
                .resideInAPackage("io.asynclog.autoconfigure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.asynclog.autoconfigure.actuate..",
                        "io.asynclog.autoconfigure.transaction..",
                        "org.springframework.transaction..",
                        "org.springframework.boot.actuate..",
                        "org.springframework.boot.health..",
                        "io.micrometer..",
                        "com.fasterxml..",
                        "org.springframework.web..")
                .check(CLASSES);
    }

    @Test
    void onlyTheHealthClassesKnowTheHealthPackage() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Health")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot.health..")
                .check(CLASSES);
    }

    @Test
    void onlyTheMeterClassesKnowMicrometer() {
        noClasses()
                .that()
                .haveNameNotMatching(".*(Meter|Metrics).*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(CLASSES);
    }

    @Test
    void onlyTheirPackageKnowsSpringsTransactions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.asynclog.autoconfigure.transaction")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.transaction..")
                .check(CLASSES);
    }
}
