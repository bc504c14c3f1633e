package io.asynclog.autoconfigure.actuate;

import static org.springframework.security.config.Customizer.withDefaults;

import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

@Tag("security")
class SecuredReactiveIT extends SecuredContract {
    private static final String[] ASYNCLOG = {"asynclog", "asyncloglive"};

    SecuredReactiveIT() {
        super(WebApplicationType.REACTIVE, Basic.class, Cookie.class, 403);
    }

    @Configuration(proxyBeanMethods = false)
    @Import({WebApplication.Application.class, Rest.class})
    static class Basic {
        @Bean
        @Order(1)
        SecurityWebFilterChain asynclogEndpoints(ServerHttpSecurity http) {
            return http.securityMatcher(EndpointRequest.to(ASYNCLOG))
                    .authorizeExchange(exchanges -> exchanges
                            .matchers(EndpointRequest.to(ASYNCLOG).withHttpMethod(HttpMethod.POST))
                            .hasRole("OPERATOR")
                            .anyExchange()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({WebApplication.Application.class, Rest.class})
    static class Cookie {
        @Bean
        @Order(1)
        SecurityWebFilterChain asynclogEndpoints(ServerHttpSecurity http) {
            return http.securityMatcher(EndpointRequest.to(ASYNCLOG))
                    .authorizeExchange(exchanges -> exchanges.anyExchange().hasRole("OPERATOR"))
                    .httpBasic(withDefaults())
                    .csrf(csrf -> csrf.csrfTokenRepository(CookieServerCsrfTokenRepository.withHttpOnlyFalse())
                            .csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler()))
                    .build();
        }

        /** Has the cookie set: a token is only made when somebody asks for it. */
        @Bean
        WebFilter csrfCookie() {
            return (exchange, chain) -> {
                Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
                return token.then(chain.filter(exchange));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Rest {
        @Bean
        SecurityWebFilterChain application(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges
                            .matchers(
                                    EndpointRequest.to("health"),
                                    EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, "health"))
                            .permitAll()
                            .anyExchange()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .build();
        }
    }
}
