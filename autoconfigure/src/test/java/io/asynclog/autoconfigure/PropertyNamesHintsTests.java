package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ImportRuntimeHints;

/** A native image knows the components of a record only where it may call their accessors. */
class PropertyNamesHintsTests {
    @ParameterizedTest
    @MethodSource("records")
    void aNativeImageKnowsTheComponentsOf(Class<?> type) {
        RuntimeHints hints = new RuntimeHints();
        for (Class<? extends RuntimeHintsRegistrar> registrar : AsyncLogAutoConfiguration.class
                .getAnnotation(ImportRuntimeHints.class)
                .value()) {
            BeanUtils.instantiateClass(registrar).registerHints(hints, null);
        }
        assertThat(type.getRecordComponents())
                .isNotEmpty()
                .extracting(RecordComponent::getAccessor)
                .allMatch(accessor -> RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(accessor)
                        .test(hints));
    }

    static Stream<Class<?>> records() {
        return Stream.concat(
                Stream.of(AsyncLogProperties.class),
                Stream.of(AsyncLogProperties.class.getDeclaredClasses()).filter(Class::isRecord));
    }
}
