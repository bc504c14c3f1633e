package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class EngineTransactionalViewsTests extends TransactionalViewsContract {
    private final RecordingSink sink = new RecordingSink();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final AsyncLogManager manager = AsyncLogManager.builder()
            .sink("sink", sink)
            .transactions(transactions)
            .errorHandler((message, cause) -> troubles.add(message))
            .build();

    @BeforeEach
    void start() {
        manager.initialize();
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    @Override
    AsyncLogger log() {
        return manager.getLogger("shop");
    }

    @Override
    List<String> logged() {
        assertThat(log().flushAsync()).succeedsWithin(DEADLINE);
        return sink.messages();
    }

    @Override
    List<String> troubles() {
        return troubles;
    }
}
