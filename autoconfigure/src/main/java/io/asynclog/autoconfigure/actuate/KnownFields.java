package io.asynclog.autoconfigure.actuate;

import io.asynclog.autoconfigure.actuate.AsyncLogEndpointWebExtension.Refusal;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Refuses an action with a field that no action there has: whoever misspells one means something that does not happen.
 * Spring Boot hands to an operation only what it has parameters for; its advisors alone see everything that came with a
 * request.
 */
final class KnownFields implements OperationInvokerAdvisor {
    private final EndpointId endpoint;

    KnownFields(EndpointId endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpointId, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (type != OperationType.WRITE || !endpointId.equals(endpoint)) {
            return invoker;
        }
        List<String> fields = names(parameters, parameter -> parameter.getAnnotation(Selector.class) == null);
        List<String> partsOfThePath = names(parameters, parameter -> parameter.getAnnotation(Selector.class) != null);
        return context -> {
            for (String name : context.getArguments().keySet()) {
                if (!fields.contains(name) && !partsOfThePath.contains(name)) {
                    return new WebEndpointResponse<>(
                            new Refusal(EndpointInput.unknownField(name, fields)),
                            WebEndpointResponse.STATUS_BAD_REQUEST);
                }
            }
            return invoker.invoke(context);
        };
    }

    private static List<String> names(OperationParameters parameters, Predicate<OperationParameter> chosen) {
        return parameters.stream()
                .filter(parameter -> parameter.getType() != SecurityContext.class)
                .filter(chosen)
                .map(OperationParameter::getName)
                .toList();
    }
}
