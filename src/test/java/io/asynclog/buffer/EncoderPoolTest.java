package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class EncoderPoolTest {
    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("l");

    private final EncoderPool pool = new EncoderPool(4096, new MaskedKeys(Set.of()), 2);

    @Test
    void leasesTheSameEncoderAgain() {
        RecordEncoder encoder = pool.lease();
        pool.release(encoder);
        assertThat(pool.lease()).isSameAs(encoder);
    }

    @Test
    void encoderKeepsNoArrayOfALargeRecord() {
        EncoderPool large = new EncoderPool(1 << 20, new MaskedKeys(Set.of()), 1);
        RecordEncoder encoder = large.lease();
        encoder.begin(Level.INFO, LOGGER, 1, Thread.currentThread());
        encoder.message("x".repeat(1_000_000));
        WeakReference<byte[]> array = new WeakReference<>(encoder.bytes());
        large.release(encoder);
        await().atMost(DEADLINE).until(() -> {
            System.gc();
            return array.get() == null;
        });

        assertThat(large.lease()).isSameAs(encoder);
        encoder.begin(Level.INFO, LOGGER, 1, Thread.currentThread()); // its names are still there
        encoder.message("small");
        encoder.complete();
        SegmentBatch batch = SegmentBatch.of(encoder);
        assertThat(batch).singleElement().satisfies(record -> {
            assertThat(record.loggerName()).isEqualTo(new String(LOGGER, StandardCharsets.UTF_8));
            assertThat(record.threadName()).isEqualTo(Thread.currentThread().getName());
            assertThat(record.message()).isEqualTo("small");
        });
    }

    @Test
    void nestedLeasesAreDistinct() {
        Set<RecordEncoder> leased = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 20; i++) {
            assertThat(leased.add(pool.lease())).isTrue();
        }
        leased.forEach(pool::release);
        assertThat(leased).contains(pool.lease());
    }

    @Test
    void argumentThatLogsHarmsNoRecordButItsOwn() {
        BufferFixture fixture = new BufferFixture(BufferFixture.options(4));
        Cursor cursor = fixture.cursor("a", true);
        Object logs = new Object() {
            @Override
            public String toString() {
                fixture.push("inner:");
                return "argument";
            }
        };
        RecordEncoder outer = fixture.buffer.leaseEncoder();
        outer.begin(Level.INFO, LOGGER, 1, Thread.currentThread());
        outer.message("{} outer {}:", 2, logs, logs, null, null);
        fixture.buffer.push(outer);
        fixture.buffer.releaseEncoder(outer);
        assertThat(BufferFixture.drain(cursor)).containsExactly("inner", "inner", "argument outer argument");
    }

    @Test
    void noEncoderIsLeasedTwiceAtATime() throws Exception {
        Set<RecordEncoder> out = ConcurrentHashMap.newKeySet();
        CompletableFuture<?>[] threads = new CompletableFuture<?>[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 20_000; i++) {
                            RecordEncoder own = pool.lease();
                            RecordEncoder shared = pool.lease();
                            assertThat(out.add(own)).isTrue();
                            assertThat(out.add(shared)).isTrue();
                            out.remove(shared);
                            pool.release(shared);
                            out.remove(own);
                            pool.release(own);
                        }
                    },
                    task -> new Thread(task).start());
        }
        CompletableFuture.allOf(threads).get(30, TimeUnit.SECONDS);
    }

    @Test
    void threadTakesItsOwnEncoderAgainWhoeverGaveItBack() throws Exception {
        RecordEncoder own = pool.lease();
        RecordEncoder shared = pool.lease();
        inThread(() -> pool.release(own));

        assertThat(own.owned()).isNotNull();
        assertThat(shared.owned()).isNull();
        assertThat(pool.lease()).isSameAs(own);
    }

    @Test
    void threadsHaveNoEncoderInCommon() throws Exception {
        RecordEncoder own = pool.lease();
        pool.release(own);
        Set<RecordEncoder> others = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 300; i++) {
            inThread(() -> {
                RecordEncoder encoder = pool.lease();
                others.add(encoder);
                pool.release(encoder);
            });
        }

        assertThat(others).doesNotContain(own);
        assertThat(pool.lease()).isSameAs(own);
    }

    @Test
    void encoderOfThreadThatHasEndedIsInherited() throws Exception {
        Set<RecordEncoder> encoders = ConcurrentHashMap.newKeySet();
        AtomicInteger kept = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            inThread(() -> {
                RecordEncoder encoder = pool.lease();
                encoders.add(encoder);
                pool.release(encoder);
                kept.addAndGet(pool.lease() == encoder ? 1 : 0);
                pool.release(encoder);
            });
        }

        assertThat(kept).hasValue(1000);
        assertThat(encoders).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void placeOfThreadThatHasEndedGoesToAnother() throws Exception {
        Set<RecordEncoder> encoders = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 1000; i++) {
            inThread(() -> encoders.add(pool.lease())); // not given back
        }

        assertThat(encoders).hasSize(1000).allMatch(encoder -> encoder.owned() != null);
    }

    @Test
    void threadWhoseEncoderIsLostHasAnotherBeforeLong() {
        RecordEncoder lost = pool.lease();
        RecordEncoder another = leasedInTheEnd();

        assertThat(another).isNotSameAs(lost);
        assertThat(another.owned()).isNotNull();
        pool.release(lost); // it was not lost after all: it is nobody's now
        assertThat(leasedInTheEnd()).isSameAs(another);
    }

    /** Returns the encoder that this thread gets after so many calls that it has noticed what is lost. */
    private RecordEncoder leasedInTheEnd() {
        for (int i = 0; i < 2000; i++) {
            pool.release(pool.lease());
        }
        RecordEncoder encoder = pool.lease();
        pool.release(encoder);
        return encoder;
    }

    private static void inThread(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
    }
}
