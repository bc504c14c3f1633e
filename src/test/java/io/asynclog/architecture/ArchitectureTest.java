package io.asynclog.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.asynclog.AsyncLogException;
import io.asynclog.AsyncLogger;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.FlushListener;
import io.asynclog.InvalidOptionException;
import io.asynclog.InvalidSinkException;
import io.asynclog.LogBatch;
import io.asynclog.LogFlushException;
import io.asynclog.LogOverflowException;
import io.asynclog.LogReceipt;
import io.asynclog.LogRecord;
import io.asynclog.LogShutdownException;
import io.asynclog.LogStoreException;
import io.asynclog.TaskScheduler;
import io.asynclog.internal.Failures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages and who may use whom, and what the path of a log call must not use. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(AsyncLogger.class.getProtectionDomain().getCodeSource().getLocation());

    /** Types of the root package that know nothing of the engine: every package may speak of them. */
    private static final DescribedPredicate<JavaClass> LEAVES = belongToAnyOf(
                    LogRecord.class,
                    LogBatch.class,
                    LogReceipt.class,
                    FlushFunction.class,
                    FlushListener.class,
                    ErrorHandler.class,
                    TaskScheduler.class,
                    InvalidOptionException.class,
                    InvalidSinkException.class,
                    AsyncLogException.class,
                    LogFlushException.class,
                    LogOverflowException.class,
                    LogShutdownException.class,
                    LogStoreException.class,
                    Failures.class)
            .as("leaf types of io.asynclog");

    /** Beside buffer, what a log call runs through. */
    private static final Set<String> LOG_CALL = Set.of(
            "io.asynclog.AbstractAsyncLogger",
            "io.asynclog.EngineLogger",
            "io.asynclog.DirectOutlet",
            "io.asynclog.AwaitedPushes",
            "io.asynclog.ExpiryTimer",
            "io.asynclog.TransactionalPushes",
            "io.asynclog.CallerContext",
            "io.asynclog.consumer.LogConsumer",
            "io.asynclog.consumer.Completions",
            "io.asynclog.consumer.CompletionThread",
            "io.asynclog.consumer.GroupCommit",
            "io.asynclog.consumer.LazyThread",
            "io.asynclog.consumer.SinkThread");

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.asynclog..");

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("io.asynclog.internal");

    private static void mayUse(String user, DescribedPredicate<JavaClass> allowed) {
        noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat(OURS.and(doNot(resideInAPackage(user)))
                        .and(doNot(are(LEAVES.or(INTERNAL).or(allowed)))))
                .check(CORE);
    }

    @Test
    void internalUsesLeafTypesOnly() {
        mayUse("io.asynclog.internal", INTERNAL);
    }

    @Test
    void bufferUsesLeafTypesOnly() {
        mayUse("io.asynclog.buffer", resideInAPackage("io.asynclog.buffer"));
    }

    @Test
    void consumerUsesTheBuffer() {
        mayUse("io.asynclog.consumer", resideInAPackage("io.asynclog.buffer"));
    }

    @Test
    void layoutUsesTheBuffer() {
        mayUse("io.asynclog.layout", resideInAPackage("io.asynclog.buffer"));
    }

    @Test
    void sinkUsesTheLayout() {
        mayUse("io.asynclog.sink", resideInAPackage("io.asynclog.layout"));
    }

    @Test
    void tailUsesTheBufferAndTheLayout() {
        mayUse("io.asynclog.tail", resideInAnyPackage("io.asynclog.buffer", "io.asynclog.layout"));
    }

    @Test
    void leafTypesKnowNothingOfTheEngine() {
        classes()
                .that(are(LEAVES))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are leaf types or not ours",
                        type -> !OURS.test(type.getBaseComponentType())
                                || LEAVES.test(type.getBaseComponentType())
                                || Set.of("DefaultTaskScheduler", "SchedulerExecutor", "StandardErrorHandler")
                                        .contains(type.getSimpleName())))
                .check(CORE);
    }

    @Test
    void coreKnowsNoSpringAndNoOtherLibraryThanItsThree() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "io.asynclog..", "org.slf4j..", "org.HdrHistogram..", "org.jspecify..", ""))
                .check(CORE);
    }

    @Test
    void nothingUsesUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.Unsafe")
                .check(CORE);
    }

    @Test
    void logCallUsesNoThreadLocal() {
        noClasses()
                .that(are(resideInAPackage("io.asynclog.buffer").or(onLogCall())))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> onLogCall() {
        assertThat(LOG_CALL).allMatch(CORE::contain); // a name that is nobody's any more would check nothing
        return DescribedPredicate.describe("on the path of a log call", type -> LOG_CALL.stream()
                .anyMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }

    @Test
    void logCallUsesNoSynchronizedMethod() {
        noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage("io.asynclog.buffer").or(onLogCall()))
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(CORE);
    }

    /** A block is seen in the byte code only; the JDK's own tool shows it. */
    @Test
    void logCallUsesNoSynchronizedBlock() {
        ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
        List<String> files = CORE.stream()
                .filter(resideInAPackage("io.asynclog.buffer").or(onLogCall()))
                .map(type -> type.getSource().orElseThrow().getUri())
                .filter(uri -> uri.getScheme().equals("file"))
                .map(uri -> Path.of(URI.create(uri.toString())).toString())
                .collect(Collectors.toList());
        assertThat(files).hasSizeGreaterThan(20);
        StringWriter code = new StringWriter();
        String[] arguments =
                Stream.concat(Stream.of("-c", "-p"), files.stream()).toArray(String[]::new);
        assertThat(javap.run(new PrintWriter(code), new PrintWriter(code), arguments))
                .isZero();
        assertThat(code.toString()).contains("invokevirtual").doesNotContain("monitorenter");
    }

    @Test
    void loggerInterfaceShowsNothingOfTheEngine() {
        noClasses()
                .that()
                .belongToAnyOf(AsyncLogger.class)
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.asynclog.buffer", "io.asynclog.consumer"))
                .check(CORE);
    }
}
