package io.asynclog.autoconfigure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;

/** Spring Boot's own rules for auto-configurations, and ours for what may know whom. */
class ArchitectureTests {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.asynclog.autoconfigure");

    /** As the packages of the core name them. */
    private static final Set<String> FOR_USERS = Set.of(
            "AsyncBuffer",
            "BufferOptions",
            "OverflowPolicy",
            "BufferStatus",
            "RecoveryStatus",
            "LogConsumer",
            "SinkOptions",
            "RetryOptions",
            "Delivery",
            "SinkControl",
            "SinkStatus",
            "LatencySummary",
            "Layout",
            "PatternLayout",
            "ServiceInfo",
            "ConsoleOptions",
            "FileOptions",
            "LineFormat",
            "RollingFileSink",
            "LogTail",
            "TailQuery",
            "TailPage",
            "TailRecord");

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

    /** What is public in the packages below the core's first one is for users only where its package says so. */
    @Test
    void onlyWhatUsersMayUseOfTheEngineIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.asynclog.buffer",
                                "io.asynclog.consumer",
                                "io.asynclog.layout",
                                "io.asynclog.sink",
                                "io.asynclog.tail")
                        .and(describe("are for the engine alone", type -> !FOR_USERS.contains(outermost(type)))))
                .check(CLASSES);
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type.getSimpleName());
    }

    /** Each may be absent while the others are there. */
    @ParameterizedTest
    @CsvSource({
        "actuate, org.springframework.boot.actuate.. com.fasterxml.. org.springframework.web..",
        "health, org.springframework.boot.health..",
        "logback, ch.qos.logback..",
        "metrics, io.micrometer..",
        "transaction, org.springframework.transaction.."
    })
    void onePackageAloneKnowsAnOptionalDependencyAndNoOtherKnowsThatPackage(String name, String optional) {
        String owner = "io.asynclog.autoconfigure." + name + "..";
        noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat(resideInAPackage(owner).or(resideInAnyPackage(optional.split(" "))))
                .check(CLASSES);
    }
}
