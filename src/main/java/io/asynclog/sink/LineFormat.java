package io.asynclog.sink;

import io.asynclog.layout.EcsLayout;
import io.asynclog.layout.JsonLayout;
import io.asynclog.layout.Layout;
import io.asynclog.layout.LogstashLayout;
import io.asynclog.layout.PatternLayout;
import io.asynclog.layout.ServiceInfo;

/**
 * In which form the console and the file have a record. Of all but {@link #PATTERN} a line is JSON, always in UTF-8.
 */
public enum LineFormat {
    /** As a line of text by the pattern of the options, which for all others is not looked at. */
    PATTERN,
    /** As one line of JSON, that of {@link JsonLayout}. */
    JSON,
    /** As one line in the Elastic Common Schema, that of {@link EcsLayout}. */
    ECS,
    /** As one line with the names of Logstash's encoder, that of {@link LogstashLayout}. */
    LOGSTASH;

    /** Returns a layout of its own for each sink. */
    Layout layout(String option, String pattern, boolean colored, ServiceInfo service) {
        return switch (this) {
            case PATTERN -> new PatternLayout(option, pattern, colored);
            case JSON -> new JsonLayout();
            case ECS -> new EcsLayout(service);
            case LOGSTASH -> new LogstashLayout();
        };
    }
}
