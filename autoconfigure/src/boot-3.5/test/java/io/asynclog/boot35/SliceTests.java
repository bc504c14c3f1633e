package io.asynclog.boot35;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.autoconfigure.DisabledAsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.transaction.AsyncLogTransactionAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.autoconfigure.data.jdbc.AutoConfigureDataJdbc;
import org.springframework.boot.test.autoconfigure.graphql.AutoConfigureGraphQl;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureJdbc;
import org.springframework.boot.test.autoconfigure.orm.jpa.AutoConfigureDataJpa;
import org.springframework.boot.test.autoconfigure.web.client.AutoConfigureWebClient;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebFlux;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureWebMvc;

/** Which test slices have loggers. */
class SliceTests {
    @ParameterizedTest
    @ValueSource(
            classes = {
                AutoConfigureWebMvc.class,
                AutoConfigureWebFlux.class,
                AutoConfigureWebClient.class,
                AutoConfigureGraphQl.class
            })
    void thoseOfTheWebHave(Class<?> slice) {
        assertThat(imports(slice)).contains(DisabledAsyncLogAutoConfiguration.class.getName());
    }

    @ParameterizedTest
    @ValueSource(classes = {AutoConfigureJdbc.class, AutoConfigureDataJdbc.class, AutoConfigureDataJpa.class})
    void thoseOfDataHaveAndBindThemToTransactions(Class<?> slice) {
        assertThat(imports(slice))
                .contains(
                        DisabledAsyncLogAutoConfiguration.class.getName(),
                        AsyncLogTransactionAutoConfiguration.class.getName());
    }

    private static ImportCandidates imports(Class<?> slice) {
        return ImportCandidates.load(slice, SliceTests.class.getClassLoader());
    }
}
