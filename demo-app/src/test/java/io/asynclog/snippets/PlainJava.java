package io.asynclog.snippets;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.sink.FileOptions;
import java.nio.file.Path;

final class PlainJava {
    private PlainJava() {}

    static void run(Path path) {
        // tag::plain[]
        try (AsyncLogManager manager =
                AsyncLogManager.builder().file(FileOptions.to(path)).build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("batch");
            log.info("{} rows imported", 17);
        } // drains the sinks, for up to 10 seconds
        // end::plain[]
    }
}
