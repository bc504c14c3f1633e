package io.asynclog.snippets;

// tag::basic[]
import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
public class EndpointSecurity {
    private static final String[] ASYNCLOG = {"asynclog", "asyncloglive"};

    @Bean
    @Order(1) // before that of the application
    SecurityFilterChain asynclogEndpoints(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.to(ASYNCLOG))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                EndpointRequest.to(ASYNCLOG).withHttpMethod(HttpMethod.POST))
                        .hasRole("OPERATOR")
                        .anyRequest()
                        .authenticated())
                .httpBasic(withDefaults())
                .csrf(csrf -> csrf.ignoringRequestMatchers(EndpointRequest.to(ASYNCLOG)))
                .build();
    }

    @Bean
    SecurityFilterChain application(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                EndpointRequest.to("health"),
                                EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, "health"))
                        .permitAll() // for probes, /livez and /readyz as well
                        .dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll() // so that a refusal keeps its code
                        .anyRequest()
                        .authenticated())
                .httpBasic(withDefaults())
                .build();
    }
}
// end::basic[]
