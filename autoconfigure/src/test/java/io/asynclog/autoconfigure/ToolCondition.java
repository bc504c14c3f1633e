package io.asynclog.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for the programs that a test class needs. */
public final class ToolCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        RequiresTools needed = type.getAnnotation(RequiresTools.class);
        List<String> missing = needed == null
                ? List.of()
                : Arrays.stream(needed.value())
                        .filter(tool -> find(tool).isEmpty())
                        .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every tool is there");
        }
        String reason = type.getSimpleName() + " is left out: not installed: " + String.join(", ", missing);
        if ("true".equals(System.getenv("REQUIRE_TEST_TOOLS"))) {
            throw new IllegalStateException(reason + ", and REQUIRE_TEST_TOOLS is true");
        }
        if (context.getTestMethod().isEmpty()) {
            System.out.println(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    /** Returns the path of a program. */
    public static Optional<Path> find(String tool) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
