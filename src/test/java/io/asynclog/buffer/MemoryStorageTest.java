package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryStorageTest {
    private static final int THREADS = 4;

    @Test
    void allWhoAskAtOnceGetOneIdentity() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            for (int round = 0; round < 2000; round++) {
                MemoryStorage storage = new MemoryStorage(4096, 0, 0);
                List<Future<UUID>> asked = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    asked.add(threads.submit(() -> {
                        start.await();
                        return storage.instance().get();
                    }));
                }
                List<UUID> answers = new ArrayList<>();
                for (Future<UUID> each : asked) {
                    answers.add(each.get());
                }
                assertThat(answers).containsOnly(storage.instance().get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void everyLogHasAnIdentityOfItsOwn() {
        assertThat(new MemoryStorage(4096, 0, 0).instance().get())
                .isNotEqualTo(new MemoryStorage(4096, 0, 0).instance().get());
    }
}
