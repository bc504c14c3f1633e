package io.asynclog;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An error handler that keeps what it hears. */
public final class RecordedErrors implements ErrorHandler {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    @Override
    public void onError(String message, @Nullable Throwable cause) {
        messages.add(message + (cause == null ? "" : ": " + cause));
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }
}
