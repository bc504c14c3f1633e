package io.asynclog.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.RecordingSink;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** The endpoint over JMX. */
class JmxIT {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private WebApplication application;
    private ObjectName name;

    @BeforeEach
    void start() throws JMException {
        application = start("unrestricted");
        name = new ObjectName("org.springframework.boot:type=Endpoint,name=Asynclog");
    }

    private static WebApplication start(String access) {
        return new WebApplication(
                WebApplicationType.NONE,
                "--spring.jmx.enabled=true",
                "--management.endpoints.jmx.exposure.include=asynclog",
                "--asynclog.tail.enabled=true",
                "--management.endpoint.asynclog.access=" + access);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private Map<?, ?> invoke(String operation, Object... arguments) throws JMException {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        return (Map<?, ?>) server.invoke(name, operation, arguments, signature);
    }

    @Test
    void readsTheNewestRecords() throws JMException {
        application.bean(AsyncLogger.class).info("hello");
        await().untilAsserted(() -> assertThat((List<?>)
                        invoke("tail", "-1", null, "INFO", null, "hell", "5").get("records"))
                .hasSize(1));
    }

    @Test
    void readsAndActs() throws JMException {
        assertThat(invoke("report").get("state")).isEqualTo("running");
        assertThat(((Map<?, ?>) invoke("actOnSink", "audit", "pause", null, null)
                                .get("report"))
                        .get("state"))
                .isEqualTo("paused");
        assertThat(invoke("sink", "audit").get("state")).isEqualTo("paused");
        assertThatThrownBy(() -> invoke("actOnSink", "audit", "skip", "999999999", null))
                .hasMessageContaining("pending records"); // and the turn is over that may have begun before the pause
        application.bean(AsyncLogger.class).info("to be skipped");
        String all = String.valueOf(invoke("sink", "audit").get("depth"));
        assertThat(String.valueOf(
                        invoke("actOnSink", "audit", "skip", all, null).get("dropped")))
                .isEqualTo(all);
        assertThat(((Map<?, ?>) invoke("actOnSink", "audit", "level", null, "INFO")
                                .get("report"))
                        .get("level"))
                .isEqualTo("INFO");
        assertThat(invoke("act", "flush", "1ms").get("outcome")).isEqualTo("incomplete");
        application.bean(AsyncLogger.class).info("last");
        invoke("actOnSink", "audit", "resume", null, null);
        assertThat(invoke("act", "flush", null).get("outcome")).isEqualTo("flushed");
        assertThat(application.bean(RecordingSink.class).messages())
                .contains("Skip of sink 'audit', asked for by somebody over JMX: " + all + " records dropped", "last")
                .doesNotContain("to be skipped");
    }

    @Test
    void refusesWhatIsWrongWithTheReason() {
        assertThatThrownBy(() -> invoke("actOnSink", "audit", "stop", null, null))
                .hasMessageContaining("'action' is 'stop'. It is not known here.");
        assertThatThrownBy(() -> invoke("actOnSink", "nobody", "pause", null, null))
                .hasMessageContaining("'sink' is 'nobody'. There is none of this name.");
        assertThatThrownBy(() -> invoke("actOnSink", "audit", "skip", "x", null))
                .hasMessageContaining("'records' is 'x'.");
        assertThatThrownBy(() -> invoke("act", "flush", "1h")).hasMessageContaining("'timeout' is '1h'.");
    }

    @Test
    void onlyReadsUnlessAccessIsUnrestricted() throws JMException {
        application.close();
        application = start("read-only");
        assertThat(server.getMBeanInfo(name).getOperations())
                .extracting(MBeanOperationInfo::getName)
                .containsExactlyInAnyOrder("report", "sink", "tail");
    }
}
