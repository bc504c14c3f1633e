package io.asynclog.tail;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.EngineFixture;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Onlooker;
import io.asynclog.buffer.OverflowPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;

class LogTailTest {
    private final LogTail tail = new LogTail();
    private EngineFixture engine = new EngineFixture(AsyncLogManager.builder().tail(tail));

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void showsARecordWithAllThatItHas() {
        engine.log
                .atWarn()
                .addMarker(MarkerFactory.getMarker("AUDIT"))
                .addKeyValue("order", 7)
                .setCause(new IllegalStateException("no stock"))
                .log("order {} is late", 7);
        TailRecord record = seen(1).records().get(0);
        assertThat(record.sequence()).isEqualTo(engine.only().sequence());
        assertThat(record.timestamp()).isEqualTo(engine.only().timestamp());
        assertThat(record.level()).isEqualTo(Level.WARN);
        assertThat(record.logger()).isEqualTo("test");
        assertThat(record.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(record.message()).isEqualTo("order 7 is late");
        assertThat(record.marker()).isEqualTo("AUDIT");
        assertThat(record.keyValues()).isEqualTo(Map.of("order", "7"));
        assertThat(record.exception()).startsWith("java.lang.IllegalStateException: no stock");
        assertThat(record.truncated()).isFalse();
    }

    @Test
    void escapesWhatCouldForgeALine() {
        engine.log
                .atInfo()
                .addKeyValue("k\n", "v\u001b[31m")
                .setCause(new IllegalStateException("bad\u0007"))
                .log("user {}", "eve\nINFO forged");
        TailRecord record = seen(1).records().get(0);
        assertThat(record.message()).isEqualTo("user eve\\nINFO forged");
        assertThat(record.keyValues()).containsEntry("k\\n", "v\\u001b[31m");
        assertThat(record.exception()).startsWith("java.lang.IllegalStateException: bad\\u0007\n\tat ");
    }

    @Test
    void cutsLongTextsAndSaysSo() {
        engine.log.info("x".repeat(20_000));
        TailRecord record = seen(1).records().get(0);
        assertThat(record.message()).hasSize(8 * 1024 + 1).endsWith("x…");
        assertThat(record.truncated()).isTrue();
    }

    @Test
    void goesOnBehindWhatWasSeen() {
        engine.log.info("one");
        TailPage first = seen(1);
        engine.log.info("two");
        seen(2);
        TailPage second = tail.read(after(first.next()));
        assertThat(messages(second)).containsExactly("two");
        assertThat(second.leftOut()).isZero();
        assertThat(tail.read(after(second.next())).records()).isEmpty();
    }

    @Test
    void startsAnewWhenAskedForWhatIsYetToCome() {
        engine.log.info("one");
        seen(1);
        assertThat(messages(tail.read(after(1_000_000)))).containsExactly("one");
    }

    @Test
    void startsAnewWhenAskedForWhatFollowsARecordOfAnotherLog() {
        engine.log.info("of an earlier process");
        TailPage earlier = seen(1);
        engine.close();
        LogTail next = new LogTail();
        engine = new EngineFixture(AsyncLogManager.builder().tail(next));
        TailQuery goOn = new TailQuery(earlier.next(), earlier.instance(), Level.TRACE, "", "", 100);
        assertThat(next.read(goOn).next()).isEqualTo(-1);

        engine.log.info("one");
        engine.log.info("two");
        await().atMost(DEADLINE)
                .until(() -> next.read(TailQuery.all()).records().size() == 2);

        TailPage page = next.read(goOn);
        assertThat(messages(page)).containsExactly("one", "two");
        assertThat(page.leftOut()).isZero();
        assertThat(page.instance()).isEqualTo(engine.flushed().get(0).instance());
        assertThat(next.read(new TailQuery(page.next(), page.instance(), Level.TRACE, "", "", 100))
                        .records())
                .isEmpty();
    }

    @Test
    void filtersByLevelLoggerAndText() {
        engine.manager.getLogger("shop.Orders").info("Lamp sold");
        engine.manager.getLogger("shop.Orders").warn("Lamp is out of stock");
        engine.manager.getLogger("shop.Payments").error("Declined", new IllegalStateException("no lamp"));
        engine.manager
                .getLogger("shop.Payments")
                .atInfo()
                .addKeyValue("item", "LAMP")
                .log("Paid");
        seen(4);
        assertThat(messages(read(Level.WARN, "", ""))).containsExactly("Lamp is out of stock", "Declined");
        assertThat(messages(read(Level.TRACE, "orders", ""))).containsExactly("Lamp sold", "Lamp is out of stock");
        assertThat(messages(read(Level.TRACE, "", "lamp"))).hasSize(4);
        assertThat(messages(read(Level.WARN, "PAY", "lamp"))).containsExactly("Declined");
        assertThat(read(Level.TRACE, "", "lamp").leftOut()).isZero();
    }

    @Test
    void answersTheNewestUpToTheLimitAndCountsTheRest() {
        for (int i = 0; i < 10; i++) {
            engine.log.info("record {}", i);
        }
        TailPage page = seen(10);
        long first = page.records().get(0).sequence();
        TailPage limited = tail.read(new TailQuery(first, null, Level.TRACE, "", "", 3));
        assertThat(messages(limited)).containsExactly("record 7", "record 8", "record 9");
        assertThat(limited.leftOut()).isEqualTo(6);
    }

    @Test
    void keepsTheNewestOfAFloodAndCountsWhatIsLeftOut() {
        engine.log.info("before");
        long before = seen(1).next();
        flood(100_000);
        engine.flushed();
        await().atMost(DEADLINE).until(() -> tail.read(TailQuery.all()).next() == before + 100_000);
        TailPage page = tail.read(new TailQuery(before, null, Level.TRACE, "", "", TailQuery.MAX_LIMIT));
        assertThat(page.records()).hasSizeLessThanOrEqualTo(1000);
        assertThat(page.records().size() + page.leftOut()).isEqualTo(100_000);
        assertThat(messages(page)).contains("flood 99999");
    }

    @Test
    void keepsWarningsThroughAFlood() {
        engine.log.warn("disk is nearly full");
        seen(1);
        flood(100_000);
        engine.flushed();
        assertThat(messages(read(Level.WARN, "", ""))).containsExactly("disk is nearly full");
    }

    @Test
    void keepsTheNewestOfABatchOfEitherKind() {
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, engine.errors);
        Onlooker onlooker = buffer.openOnlooker();
        AsyncLogger early = AsyncLogManager.builder().buffer(buffer).build().getLogger("early");
        for (int i = 0; i < 68; i++) {
            early.info("info {}", i);
        }
        for (int i = 0; i < 40; i++) {
            early.warn("warning {}", i);
        }
        boolean ignored = onlooker.look(batch -> {
            assertThat(batch.size()).isEqualTo(108);
            tail.take(batch);
        });

        assertThat(messages(read(Level.WARN, "", ""))).hasSize(32).startsWith("warning 8");
        assertThat(messages(read(Level.INFO, "", ""))).hasSize(64).startsWith("info 36");
        buffer.close();
        buffer.release();
    }

    @Test
    void isBoundedInMemory() {
        String large = "y".repeat(8 * 1024);
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 30; j++) {
                engine.log.info(large);
            }
            long logged = 30L * (i + 1);
            await().atMost(DEADLINE).until(() -> tail.read(TailQuery.all()).next() == logged - 1);
        }
        TailPage page = tail.read(new TailQuery(-1, null, Level.TRACE, "", "", TailQuery.MAX_LIMIT));
        assertThat(page.records()).hasSizeBetween(100, 128);
    }

    @Test
    void isNoSinkAndCountsNowhere() {
        engine.log.info("hello");
        seen(1);
        engine.flushed();
        assertThat(engine.manager.status().sinks()).hasSize(1);
        assertThat(engine.manager.status().buffer().depthBytes()).isZero();
        engine.assertLedgerIsExact();
        assertThat(engine.manager.shutdown(DEADLINE).sinks()).containsOnlyKeys("collecting");
    }

    @Test
    void showsWhatASinkThatHangsHasNotTaken() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        engine.sink.doFirst(batch -> released.await());
        engine.log.info("not flushed");
        assertThat(messages(seen(1))).containsExactly("not flushed");
        released.countDown();
    }

    @Test
    void holdsNothingUpInTheSmallestBuffer() {
        engine.close();
        LogTail small = new LogTail();
        engine = new EngineFixture(AsyncLogManager.builder()
                .tail(small)
                .bufferOptions(BufferOptions.defaults()
                        .withSegmentSize(4096)
                        .withMaxSize(8192)
                        .withMaxRecordSize(1024)
                        .withPolicy(OverflowPolicy.BLOCK)
                        .withMaxWait(Duration.ofMinutes(1))));
        flood(200_000);
        assertThat(engine.flushed()).hasSize(200_000);
        engine.assertLedgerIsExact();
        assertThat(engine.manager.status().buffer().dropped()).isZero();
        await().atMost(DEADLINE).until(() -> small.read(TailQuery.all()).next() == 199_999);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> after(-2)).hasMessageContaining("'after'");
        assertThatThrownBy(() -> new TailQuery(0, null, Level.INFO, "", "", 0)).hasMessageContaining("'limit'");
        assertThatThrownBy(() -> new TailQuery(0, null, Level.INFO, "", "", 1001))
                .hasMessageContaining("1 to 1000");
    }

    private void flood(int records) {
        for (int i = 0; i < records; i++) {
            engine.log.debug("flood {}", i);
        }
    }

    /** Waits until this many records are in the tail and returns them. */
    private TailPage seen(int records) {
        await().atMost(DEADLINE)
                .until(() -> tail.read(TailQuery.all()).records().size() == records);
        return tail.read(TailQuery.all());
    }

    private TailPage read(Level level, String logger, String contains) {
        return tail.read(new TailQuery(-1, null, level, logger, contains, TailQuery.DEFAULT_LIMIT));
    }

    private static TailQuery after(long sequence) {
        return new TailQuery(sequence, null, Level.TRACE, "", "", TailQuery.DEFAULT_LIMIT);
    }

    private static List<String> messages(TailPage page) {
        return page.records().stream().map(TailRecord::message).toList();
    }
}
