package io.asynclog.consumer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Says where users' code stands that a thread of the engine has called. */
final class Frames {
    private static final int MAX_FRAMES = 20;

    private Frames() {}

    /**
     * Returns the frames outside of the engine, the innermost first: that one alone would mostly be a lock or a socket.
     */
    static String of(StackTraceElement[] trace) {
        String frames = Arrays.stream(trace)
                .takeWhile(frame -> !frame.getClassName().startsWith(Frames.class.getPackageName() + "."))
                .limit(MAX_FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return frames.isEmpty() ? "an unknown place" : frames;
    }
}
