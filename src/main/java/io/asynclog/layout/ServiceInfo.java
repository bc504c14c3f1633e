package io.asynclog.layout;

import org.jspecify.annotations.Nullable;

/**
 * What a service says of itself in lines of the Elastic Common Schema. Each may be null: then it is left out.
 *
 * @param name {@code service.name}
 * @param version {@code service.version}
 * @param environment {@code service.environment}, as {@code production}
 * @param nodeName {@code service.node.name}, which tells instances apart
 */
public record ServiceInfo(
        @Nullable String name,
        @Nullable String version,
        @Nullable String environment,
        @Nullable String nodeName) {
    /** Says nothing. */
    public static final ServiceInfo NONE = new ServiceInfo(null, null, null, null);
}
