package io.asynclog.snippets;

import static org.springframework.security.config.Customizer.withDefaults;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
public class PageSecurity {
    // tag::cookie[]
    @Bean
    @Order(1)
    SecurityFilterChain asynclogEndpoints(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.to("asynclog", "asyncloglive"))
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPERATOR"))
                .httpBasic(withDefaults())
                .csrf(
                        CsrfConfigurer
                                ::spa) // CookieCsrfTokenRepository: a script reads the cookie, and sends it as a header
                .build();
    }
    // end::cookie[]

    @Bean
    SecurityFilterChain application(HttpSecurity http) {
        return new EndpointSecurity().application(http);
    }
}
