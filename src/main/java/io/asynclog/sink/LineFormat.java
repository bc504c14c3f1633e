package io.asynclog.sink;

import io.asynclog.layout.JsonLayout;
import io.asynclog.layout.Layout;
import io.asynclog.layout.PatternLayout;

/** In which form the console and the file have a record. */
public enum LineFormat {
    /** As a line of text by the pattern of the options. */
    PATTERN,
    /** As one line of JSON, that of {@link JsonLayout}. The pattern is not looked at. */
    JSON;

    /** Returns a layout of its own for each sink. */
    Layout layout(String option, String pattern, boolean colored) {
        return this == JSON ? new JsonLayout() : new PatternLayout(option, pattern, colored);
    }
}
